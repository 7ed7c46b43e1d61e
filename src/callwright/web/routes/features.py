"""What this installation can do beyond what every one can."""

from fastapi import APIRouter

from callwright.web.access import ScriptReader
from callwright.web.schemas.features import Features

router = APIRouter(prefix="/features", tags=["installation"])


@router.get("")
async def get_features(asking: ScriptReader) -> Features:
    """What its operator has set up; not whether it answers now."""
    return Features(language_model=asking.parts.language_model is not None)
