"""Whether the house stands."""

from fastapi import APIRouter, Request

from callwright.web.parts import parts_of
from callwright.web.schemas.health import Health
from callwright.web.version import VERSION

router = APIRouter(prefix="/health", tags=["health"])


@router.get("")
async def get_health(request: Request) -> Health:
    """Whether the database answers; no one needs to be signed in."""
    await parts_of(request).database.check()
    return Health(version=VERSION)
