"""What the classifier was taught lately is not taught with every call."""

from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech

from callwright.callroom.lessons import GOOD_FOR_S, MOST, Lessons

EXAMPLES = {"yes": ["yes"], "no": ["no"]}


async def test_a_lesson_is_fresh_for_a_while_and_only_for_its_own_examples() -> None:
    lessons, speech = Lessons(), FakeSpeech(SimulatedTime())
    assert not lessons.fresh(EXAMPLES, 10.0)
    await lessons.give(speech, EXAMPLES, 10.0, deadline_s=1.0)
    assert lessons.fresh(EXAMPLES, 10.0 + GOOD_FOR_S - 0.1)
    assert not lessons.fresh(EXAMPLES, 10.0 + GOOD_FOR_S)
    assert not lessons.fresh(dict(EXAMPLES), 10.0)


async def test_the_oldest_lesson_is_forgotten() -> None:
    lessons, speech = Lessons(), FakeSpeech(SimulatedTime())
    many = [{"yes": [str(number)]} for number in range(MOST + 1)]
    for examples in many:
        await lessons.give(speech, examples, 10.0, deadline_s=1.0)
    assert not lessons.fresh(many[0], 10.0)
    assert lessons.fresh(many[1], 10.0)
