"""Answers of the language model that somebody waits for."""

from uuid import UUID

from callwright.scripts import model_chat_limits as limits
from callwright.web.access import Asking


async def answered(answer: UUID, asking: Asking) -> None:
    """Note that an answer is over."""
    async with asking.transaction() as session:
        await limits.end(session, answer, now=asking.now)
