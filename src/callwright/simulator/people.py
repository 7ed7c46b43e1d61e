"""Who is behind a handset: a person with a wish, a temper, a voice and a telephone line."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Fixed(BaseModel):
    """A value that never changes and knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Wish(StrEnum):
    """What a person wants of the call: the truth that a grade can be held against."""

    BOOKS = "books"
    ASKS_PRICE = "asks_price"
    CALL_LATER = "call_later"
    REFUSES = "refuses"
    WRONG_PERSON = "wrong_person"
    DO_NOT_CALL = "do_not_call"
    ASKS_WHO = "asks_who"
    ASKS_ROBOT = "asks_robot"
    HESITATES = "hesitates"
    SILENT = "silent"
    HANGS_UP = "hangs_up"
    INTERRUPTS = "interrupts"


class NoiseKind(StrEnum):
    """What can be heard behind a person."""

    NONE = "none"
    WHITE = "white"
    PINK = "pink"
    BABBLE = "babble"
    CAR = "car"


class Voice(Fixed):
    """How one person sounds, as ratios to the synthesiser's own voice (a woman at about 200 Hz).

    ``formant`` is the size of the throat (0.85 sounds like a man), ``pitch`` the height of the voice, ``speed`` how
    fast the person speaks, ``tremor`` the share by which an old voice wavers.
    """

    pitch: Annotated[float, Field(ge=0.4, le=1.6)] = 1.0
    formant: Annotated[float, Field(ge=0.75, le=1.25)] = 1.0
    speed: Annotated[float, Field(ge=0.7, le=1.4)] = 1.0
    tremor: Annotated[float, Field(ge=0.0, le=0.1)] = 0.0


class Line(Fixed):
    """What a telephone line adds: a background at ``snr_db`` under the speech, and the speech's level in dBov."""

    noise: NoiseKind = NoiseKind.NONE
    snr_db: Annotated[float, Field(ge=0, le=60)] = 30.0
    level_db: Annotated[float, Field(ge=-45, le=-6)] = -24.0


class Person(Fixed):
    """Someone who answers. ``name`` is whom a caller expects at this number.

    ``reaction_s`` lies between the caller's last word and the person's first; ``patience_s`` is how much silence
    the person bears; ``says_hello`` tells whether they speak first. ``seed`` chooses among their wordings.
    """

    name: str
    wish: Wish
    seed: int
    reaction_s: Annotated[float, Field(ge=0.1, le=3.0)] = 0.5
    patience_s: Annotated[float, Field(ge=2.0, le=60.0)] = 12.0
    says_hello: bool = True
    voice: Voice = Voice()
