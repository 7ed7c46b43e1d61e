"""Every refusal that people can meet in the browser has its words there, in both languages."""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import callwright
from callwright.kit.errors import CallwrightError
from callwright.web.problems import STATUS

UI = Path(__file__).parents[3] / "ui" / "src"
BY_STATUS = (403, 500, 503)
"""What all of these mean is said by `problem-words.ts`, whatever their code."""
# Told at the rows and cells that they concern, or otherwise: `row-fault-words.ts`, `FileRefused.tsx`, the session.
AT_THEIR_PLACE = {
    "do-not-call",
    "invalid",
    "invalid-customer",
    "sign-in-required",
    "spreadsheet-columns",
    "spreadsheet-too-large",
    "spreadsheet-unreadable",
}
# What only processes, the command line or other programs are told.
NEVER_MET = {
    "attempt-state",
    "blob-key",
    "charge-rounding",
    "conflict",
    "country-rules",
    "crowd-busy",
    "crowd-nobody",
    "email-taken",
    "invalid-cursor",
    "invalid-email",
    "invalid-secret-key",
    "invalid-setting",
    "keys-not-taken",
    "media-refused",
    "message-value-missing",
    "not-a-digit",
    "rehearsal-outer-line",
    "scenario-invalid",
    "scenario-size",
    "script-fault",
    "speech-frame",
    "speech-provider-option",
    "speech-provider-unknown",
    "speech-server-running",
    "speech-socket",
    "truth-invalid",
    "unknown-currency",
    "unknown-region",
    "weak-password",
}


def _errors(kind: type[CallwrightError] = CallwrightError) -> Iterator[type[CallwrightError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _errors(each)


def _refusals() -> set[str]:
    """Return the codes of all errors that the API would tell with a status of their own."""
    for module in pkgutil.walk_packages(callwright.__path__, "callwright."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    codes = set()
    for kind in _errors():
        status = next((STATUS[each] for each in kind.__mro__ if each in STATUS), None)
        if kind.__module__.startswith("callwright") and status is not None and status not in BY_STATUS:
            codes.add(kind.code)
    # Whatever isn't there is told alike: `problem-words.ts`.
    gone = {kind.code for kind in _errors() if any(each.__name__ == "NotFoundError" for each in kind.__mro__)}
    return codes - gone


def _known() -> set[str]:
    source = (UI / "parts" / "fault-words.ts").read_text("utf-8")
    table = source[source.index("const FIELDS = {") : source.index("} as const")]
    return set(re.findall(r'^\s*"?([\w-]+)"?: \[', table, re.MULTILINE))


def test_every_refusal_is_known_to_the_browser() -> None:
    assert _refusals() - AT_THEIR_PLACE - NEVER_MET == _known() - {"internal"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_refusal_has_words(language: str) -> None:
    words = json.loads((UI / "locales" / f"{language}.json").read_text("utf-8"))["fault"]
    assert _known() == set(words)
