"""A script tried in writing understands as calls do: through the speech server's own classifier."""

from tests.unit.dialogue.plays import MARIA, demo_script

from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Heard
from callwright.scripts.meanings import Meanings
from callwright.scripts.replaying import replay
from callwright.speech.client import SpeechClient

SAID = ("yes that would be nice", "how much does it cost", "Tuesday morning", "yes that's right")


async def test_a_conversation_in_writing_is_understood(speech: SpeechClient) -> None:
    dialogue = GraphDialogue(demo_script())
    meanings = Meanings(speech)
    found = await meanings.of(SAID, dialogue.examples, deadline_s=60)
    again = await meanings.of(SAID, dialogue.examples, deadline_s=60)
    assert again == found
    assert (await meanings.of(("anything",), {}, deadline_s=1)) == {"anything": ()}
    played = replay(dialogue, MARIA, [Heard(text, found[text]) for text in SAID])
    assert [step.meant.intent for step in played.steps[1:3] if step.meant] == ["yes", "ask_price"]
    assert played.ended == "booked"
    assert (played.grade.name, set(played.collected)) == ("A", {"appointment"})
