"""A whole call, from ringing to grade, over real SIP, RTP and speech."""

from pathlib import Path

from callwright.callroom.record import Speaker
from callwright.telephony.port import HangupSide, PhoneState
from tests.conversations.person import Person, spoken
from tests.conversations.stage import stage


async def test_a_person_who_agrees_gets_an_appointment(speech_socket: Path, tmp_path: Path) -> None:
    async with stage(speech_socket, tmp_path) as here:
        yes = await spoken(here.speech, "Yes please, that sounds good.")
        day = await spoken(here.speech, "Tuesday morning would be good.")

        async def behave(person: Person) -> None:
            await person.hear_them_out()
            person.speak(yes)
            await person.hear_them_out()
            person.speak(day)
            await person.hear_them_out()
            person.speak(yes)

        record, _ = await here.call(behave)

    assert record.phone_state is PhoneState.CONNECTED
    assert record.error is None
    said = [turn for turn in record.turns if turn.who is Speaker.CUSTOMER]
    assert "tuesday" in said[1].text.lower()
    assert record.hung_up_by is HangupSide.US
