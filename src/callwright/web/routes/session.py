"""Signing in and out."""

from fastapi import APIRouter, Request, Response

from callwright.accounts import sign_in as signing_in
from callwright.web import present
from callwright.web.access import COOKIE, Anyone
from callwright.web.parts import parts_of
from callwright.web.schemas.session import Me, Preferences, SignIn

router = APIRouter(prefix="/session", tags=["session"])
LONGEST_S = int(signing_in.LONGEST.total_seconds())


@router.post("")
async def sign_in(body: SignIn, request: Request, response: Response) -> Me:
    """Sign in: begins a session and sets its cookie."""
    parts = parts_of(request)
    address = request.client.host if request.client else ""
    async with parts.database.system() as session:
        who, token = await signing_in.sign_in(
            session,
            parts.throttle,
            email=body.email,
            password=body.password,
            address=address,
            now=parts.clock.now(),
        )
    response.set_cookie(
        COOKIE, token, max_age=LONGEST_S, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return present.me(who)


@router.get("")
async def get_session(asking: Anyone) -> Me:
    """Who is signed in."""
    return present.me(asking.who)


@router.patch("")
async def change_preferences(body: Preferences, asking: Anyone) -> Me:
    """Change what a person may change about their own account."""
    async with asking.transaction() as session:
        who = await signing_in.choose_language(session, asking.who, body.language)
    return present.me(who)


@router.delete("", status_code=204)
async def sign_out(asking: Anyone, request: Request, response: Response) -> None:
    """Sign out: ends the session, wherever its cookie may be kept."""
    async with asking.parts.database.system() as session:
        await signing_in.sign_out(session, request.cookies[COOKIE])
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
