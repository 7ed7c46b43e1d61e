"""How a sentence comes over the phone: with a filler, a small word lost, or a recogniser's slip.

What turns a meaning round ("not", "never") is never taken away: what such a sentence meant nobody could say.
"""

from random import Random

from callwright.personas.bank import Bank

FILLER = 0.25
LOST = 0.5


def spoken(sentence: str, bank: Bank, noise: float, dice: Random) -> tuple[str, bool]:
    """Return ``sentence`` as it is heard, and whether the line or the recogniser changed it.

    Of each wording there are few variants, so that a crowd doesn't say endlessly many different sentences.
    """
    variant = Random(f"{sentence} {dice.randrange(3)}")  # noqa: S311 - no secret
    said = _with_filler(sentence, bank, variant)
    if dice.random() >= noise:
        return said, False
    heard = _lose_one(said, bank, variant) if variant.random() < LOST else _slip(said, bank, variant)
    return heard, heard != said


def _with_filler(sentence: str, bank: Bank, dice: Random) -> str:
    if dice.random() >= FILLER:
        return sentence
    gap = " " if bank.spaced else ""
    if dice.random() < 0.7:
        return f"{dice.choice(bank.before)}{gap}{sentence}"
    return f"{sentence}{gap}{dice.choice(bank.after)}"


def _parts(sentence: str, bank: Bank) -> list[str]:
    return sentence.split() if bank.spaced else list(sentence)


def _joined(parts: list[str], bank: Bank) -> str:
    return (" " if bank.spaced else "").join(parts)


def _lose_one(sentence: str, bank: Bank, dice: Random) -> str:
    parts = _parts(sentence, bank)
    losable = [place for place, part in enumerate(parts) if part.lower() in bank.may_be_lost]
    if not losable or len(parts) < 3:
        return sentence
    del parts[dice.choice(losable)]
    return _joined(parts, bank)


def _slip(sentence: str, bank: Bank, dice: Random) -> str:
    parts = _parts(sentence, bank)
    places = [place for place, part in enumerate(parts) if part in bank.slips]
    if not places:
        return sentence
    place = dice.choice(places)
    parts[place] = bank.slips[parts[place]]
    return _joined(parts, bank)
