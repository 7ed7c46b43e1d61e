"""Sessions: begun by a password, known by a cookie, over after a while or at once."""

import hashlib

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import select, update

from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.db.tables.accounts import SessionRow, UserRow
from callwright.web.access import COOKIE
from tests.web.conftest import PASSWORD, HandSetClock, Town, client_of

OWNER = {"email": "Owner@ours.example ", "password": PASSWORD}


async def test_signing_in_sets_a_cookie_that_opens_the_door(nobody: httpx.AsyncClient) -> None:
    response = await nobody.post("/api/v1/session", json=OWNER)
    assert response.status_code == 200
    me = response.json()
    assert (me["user"]["email"], me["user"]["role"], me["tenant"]["name"]) == (
        "owner@ours.example",
        "owner",
        "Ours",
    )
    cookie = response.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    for attribute in ("httponly", "samesite=lax", "secure", "path=/"):
        assert attribute in cookie
    assert (await nobody.get("/api/v1/session")).json() == me


async def test_the_cookie_itself_is_not_kept(nobody: httpx.AsyncClient, database: Database, town: Town) -> None:
    await nobody.post("/api/v1/session", json=OWNER)
    token = nobody.cookies[COOKIE]
    async with database.system() as session:
        kept = (await session.scalars(select(SessionRow.token_hash))).all()
    assert hashlib.sha256(token.encode()).digest() in kept
    assert token.encode() not in kept


@pytest.mark.parametrize(
    "given", [{**OWNER, "password": "another password"}, {"email": "nobody@ours.example", "password": PASSWORD}]
)
async def test_wrong_emails_and_wrong_passwords_look_alike(
    nobody: httpx.AsyncClient, given: dict[str, str]
) -> None:
    response = await nobody.post("/api/v1/session", json=given)
    assert response.status_code == 401
    assert response.json() == {
        "type": "/errors/wrong-credentials",
        "title": "Unauthorized",
        "status": 401,
        "detail": "Email and password don't go together.",
        "code": "wrong-credentials",
    }
    assert "set-cookie" not in response.headers


async def test_guessing_is_slowed_down_and_forgotten(nobody: httpx.AsyncClient, clock: HandSetClock) -> None:
    for _ in range(10):
        assert (await nobody.post("/api/v1/session", json={**OWNER, "password": "a guess"})).status_code == 401
    slowed = await nobody.post("/api/v1/session", json=OWNER)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too-many-sign-ins")
    assert int(slowed.headers["retry-after"]) == 900
    clock.pass_(minutes=15)
    assert (await nobody.post("/api/v1/session", json=OWNER)).status_code == 200


async def test_a_session_ends_after_twelve_idle_hours(owner: httpx.AsyncClient, clock: HandSetClock) -> None:
    clock.pass_(hours=11)
    assert (await owner.get("/api/v1/session")).status_code == 200
    clock.pass_(hours=11)
    assert (await owner.get("/api/v1/session")).status_code == 200
    clock.pass_(hours=12)
    assert (await owner.get("/api/v1/session")).status_code == 401


async def test_a_session_ends_after_seven_days_however_used(owner: httpx.AsyncClient, clock: HandSetClock) -> None:
    for _ in range(16):
        clock.pass_(hours=10)
        assert (await owner.get("/api/v1/session")).status_code == 200
    clock.pass_(hours=10)
    assert (await owner.get("/api/v1/session")).status_code == 401


async def test_signing_out_ends_the_session_not_only_the_cookie(
    owner: httpx.AsyncClient, app: FastAPI, town: Town
) -> None:
    assert (await owner.delete("/api/v1/session")).status_code == 204
    async with client_of(app, town.ours.tokens[Role.OWNER]) as thief:
        assert (await thief.get("/api/v1/session")).status_code == 401


async def test_the_language_is_kept(owner: httpx.AsyncClient) -> None:
    changed = await owner.patch("/api/v1/session", json={"language": "zh-CN"})
    assert changed.json()["user"]["language"] == "zh-CN"
    assert (await owner.get("/api/v1/session")).json()["user"]["language"] == "zh-CN"
    assert (await owner.patch("/api/v1/session", json={"language": "tlh"})).status_code == 422


async def test_an_old_hash_is_renewed_at_the_next_sign_in(nobody: httpx.AsyncClient, database: Database) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    async with database.system() as session:
        await session.execute(
            update(UserRow).where(UserRow.email == "owner@ours.example").values(password_hash=weak)
        )
    assert (await nobody.post("/api/v1/session", json=OWNER)).status_code == 200
    async with database.system() as session:
        kept = await session.scalar(select(UserRow.password_hash).where(UserRow.email == "owner@ours.example"))
    assert kept is not None
    assert "m=19456,t=2,p=1" in kept
