"""Drawing people: names, voices, tempers and lines, different for everyone and the same for a seed."""

import random

from callwright.simulator.people import Line, NoiseKind, Person, Voice, Wish

# fmt: off
_WOMEN = (
    "Anna", "Maria", "Susan", "Laura", "Emily", "Helen", "Grace", "Julia", "Nina",
    "Clara", "Ruth", "Diana", "Alice", "Rosa", "Irene", "Vera", "Martha", "Sophie",
)
_MEN = (
    "David", "Martin", "Peter", "Thomas", "Oliver", "Simon", "Victor", "Henry", "Paul",
    "Daniel", "Leon", "Robert", "Felix", "Marcus", "Adam", "Hugo", "James", "Karl",
)
_FAMILIES = (
    "Miller", "Carter", "Bennett", "Foster", "Hughes", "Palmer", "Turner", "Morgan", "Wallace",
    "Barker", "Fisher", "Harding", "Porter", "Sutton", "Webster", "Marsh", "Newman", "Dalton",
    "Franklin", "Holmes", "Parker", "Sanders", "Walker", "Thornton",
)

# fmt: on
_WISHES: dict[Wish, int] = {
    Wish.BOOKS: 6,
    Wish.ASKS_PRICE: 5,
    Wish.REFUSES: 4,
    Wish.CALL_LATER: 3,
    Wish.HESITATES: 2,
    Wish.ASKS_WHO: 2,
    Wish.ASKS_ROBOT: 2,
    Wish.WRONG_PERSON: 2,
    Wish.DO_NOT_CALL: 2,
    Wish.INTERRUPTS: 2,
    Wish.SILENT: 1,
    Wish.HANGS_UP: 1,
}
"""Every wish once, in this order, before any comes again by its weight."""

_NOISES = {NoiseKind.NONE: 5, NoiseKind.PINK: 2, NoiseKind.BABBLE: 2, NoiseKind.CAR: 2, NoiseKind.WHITE: 1}


def wishes(rng: random.Random, count: int) -> list[Wish]:
    """Return ``count`` wishes in any order: of few the usual ones, of many also the odd ones."""
    chosen = list(_WISHES)[:count]
    chosen += rng.choices(list(_WISHES), list(_WISHES.values()), k=count - len(chosen))
    rng.shuffle(chosen)
    return chosen


def person(rng: random.Random, wish: Wish) -> Person:
    """Draw someone who wants ``wish`` of the call."""
    woman = rng.random() < 0.5
    return Person(
        name=f"{rng.choice(_WOMEN if woman else _MEN)} {rng.choice(_FAMILIES)}",
        wish=wish,
        seed=rng.randrange(1_000_000),
        reaction_s=_between(rng, 0.2, 0.9),
        patience_s=_between(rng, 7.0, 12.0),
        says_hello=rng.random() < 0.7,
        voice=voice(rng, woman=woman),
    )


def voice(rng: random.Random, *, woman: bool) -> Voice:
    """Draw a voice: in five people one is old (slower, lower, wavering) and one is young (higher, faster)."""
    age = rng.random()
    pitch = rng.uniform(0.88, 1.15) if woman else rng.uniform(0.52, 0.72)
    formant = rng.uniform(0.95, 1.06) if woman else rng.uniform(0.83, 0.92)
    speed, tremor = rng.uniform(0.93, 1.12), 0.0
    if age < 0.2:
        pitch, speed, tremor = pitch * 0.95, speed * 0.86, rng.uniform(0.01, 0.03)
    elif age > 0.8:
        pitch, formant, speed = pitch * 1.1, formant * 1.04, speed * 1.08
    return Voice(pitch=round(pitch, 3), formant=round(formant, 3), speed=round(speed, 3), tremor=round(tremor, 3))


def line(rng: random.Random) -> Line:
    """Draw a telephone line: most are quiet, none is worse than 16 dB, the loudness is usual on average."""
    noise = rng.choices(list(_NOISES), list(_NOISES.values()))[0]
    level = min(max(rng.gauss(-24, 3), -33), -19)
    return Line(noise=noise, snr_db=_between(rng, 16, 32), level_db=round(level, 1))


def _between(rng: random.Random, low: float, high: float) -> float:
    return round(rng.uniform(low, high), 2)
