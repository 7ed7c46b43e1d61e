"""What webhooks are sent, in the description of the API (OpenAPI 3.1: ``webhooks``)."""

import inspect
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from callwright.db.events import KINDS, EventData
from callwright.web.schemas.webhooks import Message

OTHERWISE: dict[int | str, dict[str, Any]] = {"default": {"description": "It is sent again, for a day."}}


def describe_webhooks(app: FastAPI) -> None:
    """Let the description of ``app`` tell the body of each kind of event."""
    for kind, data in KINDS.items():
        told = " ".join((inspect.getdoc(data) or "").split())
        receiving = app.webhooks.post(
            kind, name=kind, description=told, tags=["webhooks"], status_code=204, responses=OTHERWISE
        )
        receiving(_receiver(data))


def _receiver(data: type[EventData]) -> Callable[..., None]:
    def receive(body: Message[data]) -> None:  # type: ignore[valid-type]
        """Stand for who receives it."""

    return receive
