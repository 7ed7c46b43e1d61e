"""A recogniser that can't be reached."""

from callwright.speech.port import Pcm, Recognition, SpeechUnavailableError


class AbsentRecogniser:
    """Fails every question, as a client does whose server is away; counts them."""

    def __init__(self) -> None:
        self.asked = 0

    async def recognise(self, pcm: Pcm, *, language: str = "en", deadline_s: float = 5.0) -> Recognition:
        """Raise SpeechUnavailableError."""
        self.asked += 1
        raise SpeechUnavailableError(address="nowhere", why="it is away")
