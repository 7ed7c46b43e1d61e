"""Scoring a caller's results against the truth."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callwright.simulator.score import Observed, ObservedTurn, score
from callwright.simulator.truth import Call, Said, TruthFileError, TruthLog, read_truth
from callwright.simulator.words import Intent
from callwright.telephony.port import PhoneState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SAID = [
    Said(at_s=0.5, until_s=1.5, text="Hello?", intent=Intent.HELLO),
    Said(at_s=5.0, until_s=7.0, text="Yes, I would like that.", intent=Intent.YES),
    Said(at_s=9.0, until_s=11.0, text="Monday morning suits me.", intent=Intent.PICK_DAY),
    Said(at_s=14.0, until_s=15.0, text="Goodbye.", intent=Intent.GOODBYE, cut_short=True),
]


def call(number: str, state: PhoneState, said: list[Said] = []) -> Call:  # noqa: B006
    return Call(
        call_id=number, number=number, caller_number="4001", kind="x", came_at=NOON, phone_state=state, said=said
    )


def test_all_right() -> None:
    turns = [
        ObservedTurn(from_s=5.1, to_s=7.2, intent="yes"),
        ObservedTurn(from_s=9.1, to_s=11.2, intent="pick_day"),
    ]
    result = score(
        [call("+1", PhoneState.CONNECTED, SAID), call("+2", PhoneState.BUSY)],
        [
            Observed(number="+2", phone_state=PhoneState.BUSY),
            Observed(number="+1", phone_state=PhoneState.CONNECTED, turns=turns),
        ],
    )
    assert (result.calls, result.phone_states_right, result.unmatched) == (2, 2, 0)
    assert (result.intents, result.intents_right, result.mismatches) == (2, 2, [])


def test_what_went_wrong_is_named() -> None:
    turns = [ObservedTurn(from_s=5.1, to_s=7.2, intent="no")]
    result = score(
        [
            call("+1", PhoneState.CONNECTED, SAID),
            call("+2", PhoneState.BUSY),
            call("+3", PhoneState.VOICEMAIL),
            call("+4", PhoneState.NO_ANSWER),
        ],
        [
            Observed(number="+1", phone_state=PhoneState.CONNECTED, turns=turns),
            Observed(number="+2", phone_state=PhoneState.REFUSED),
            Observed(number="+3", phone_state=PhoneState.CONNECTED),
            Observed(number="+5", phone_state=PhoneState.NO_ANSWER),
        ],
    )
    assert (result.phone_states_right, result.voicemail_as_connected, result.unmatched) == (1, 1, 2)
    assert (result.intents, result.intents_unheard, result.intents_right) == (2, 1, 0)
    assert [(miss.truth, miss.found) for miss in result.mismatches] == [
        ("yes", "no"),
        ("pick_day", None),
        ("busy", "refused"),
    ]


def test_intents_the_script_does_not_have_are_not_judged() -> None:
    found = [Observed(number="+1", phone_state=PhoneState.CONNECTED)]
    assert score([call("+1", PhoneState.CONNECTED, SAID)], found, known=["no"]).intents == 0


def test_truth_is_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "truth.jsonl"
    calls = [call("+1", PhoneState.CONNECTED, SAID), call("+2", PhoneState.BUSY)]
    for one in calls:
        log = TruthLog(path)
        log.write(one)
        log.close()
    assert read_truth(path) == calls


def test_broken_files_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text('{"number": 1}\n', encoding="utf-8")
    with pytest.raises(TruthFileError, match="line 1"):
        read_truth(broken)
    with pytest.raises(TruthFileError, match="absent"):
        read_truth(tmp_path / "absent")
