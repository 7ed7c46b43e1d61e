"""Whether the house stands."""

from typing import Literal

from callwright.web.schemas.base import Response


class Health(Response):
    """The house stands."""

    status: Literal["ok"] = "ok"
    version: str
