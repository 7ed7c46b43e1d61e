from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from callwright.speech.client import SpeechClient


@pytest.fixture
async def speech(speech_socket: Path) -> AsyncIterator[SpeechClient]:
    """A client of the shared server."""
    client = await SpeechClient.connect(speech_socket, wait_s=60)
    yield client
    await client.close()
