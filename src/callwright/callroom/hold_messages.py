"""What a person hears for whom no AI seat is free."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import phonenumbers

from callwright.callroom.own_words import OWN_WORDS
from callwright.callroom.plan import CallPlan
from callwright.callroom.settings import RoomSettings
from callwright.dialogue.parts import Language
from callwright.dialogue.spoken.languages import spoken
from callwright.kit.phone_place import country_of

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class HoldMessages:
    """``hold`` is said while they wait, ``lost`` once that was in vain."""

    hold: str
    lost: str


def hold_messages(settings: RoomSettings, plan: CallPlan[State]) -> HoldMessages:
    """Return the messages of a call.

    Whoever is called in vain is told by whom and from which number, as 47 CFR 64.1200 (a)(7)(i)(A) asks and
    Ofcom's rules on abandoned calls do.
    """
    words, number = settings.words[plan.language], _said(plan.originate.caller_number, plan)
    caller = words.lost_caller.format(company=plan.company, number=number) if plan.company else ""
    return HoldMessages(words.hold, " ".join(words.lost.format(caller=caller).split()))


def _said(number: str, plan: CallPlan[State]) -> str:
    """Return a number digit by digit: as it is dialled at home where the person is, else with its country code."""
    at_home = country_of(number) == country_of(plan.originate.to)
    return _spoken(number, plan.language, at_home=at_home)


@lru_cache(maxsize=1024)
def _spoken(number: str, language: Language, *, at_home: bool) -> str:
    say_digits = spoken(language).say_digits
    if not at_home:
        return OWN_WORDS[language].abroad.format(digits=say_digits(_digits(number)))
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return say_digits(_digits(number))
    return say_digits(_digits(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)))


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
