"""Keys by which what is sent twice is told from what is meant twice."""

from typing import Annotated
from uuid import UUID

from fastapi import Header

IdempotencyKey = Annotated[
    UUID | None, Header(description="Chosen by the sender: what is sent twice under one key is done once.")
]
