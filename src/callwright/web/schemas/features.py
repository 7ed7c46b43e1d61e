"""What an installation can do."""

from pydantic import Field

from callwright.web.schemas.base import Response


class Features(Response):
    """What the operator has set up here."""

    language_model: bool = Field(description="One is named that can speak scripts of engine 2.0.")
