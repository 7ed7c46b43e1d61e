"""How simulated calls go: drawn from recorded ones, the same for one person and try whatever else is changed."""

from collections.abc import Sequence

import numpy as np

from callwright.dialing.rehearsal.facts import Draw

_TRIES = 16


class Luck:
    """The luck of one run over ``people``.

    The recorded calls are drawn with replacement first, so that runs differ by how little is known as well as by
    chance (B. Efron, *Bootstrap methods*, Annals of Statistics 7, 1979).
    """

    def __init__(self, draws: Sequence[Draw], people: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        self._draws: list[Draw] = [draws[place] for place in random.integers(len(draws), size=len(draws))]
        self._places: list[list[int]] = random.integers(len(draws), size=(max(people, 1), _TRIES)).tolist()
        self._chances = random.random(size=(max(people, 1), _TRIES)).tolist()

    @property
    def mean_talk_s(self) -> float:
        """How long a call holds a seat, those included that nobody answers."""
        return sum(one.talk_s for one in self._draws) / len(self._draws)

    def draw(self, person: int, attempt: int) -> Draw:
        """Return how a person's call number ``attempt`` goes."""
        return self._draws[self._places[person][attempt % _TRIES]]

    def chance(self, person: int, attempt: int) -> float:
        """Return a number from 0 to 1 for what else depends on chance in that call."""
        return float(self._chances[person][attempt % _TRIES])
