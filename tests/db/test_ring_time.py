"""For how long a telephone rings at the least."""

import pytest

from callwright.db.session import Database
from callwright.db.tables.lines import LineRow
from callwright.dialing.country_rules import country_rules
from callwright.lines.drafts import LineDraft
from callwright.lines.errors import RingTimeError
from callwright.lines.service import create_line, ring_time_s
from tests.factories.calling import BOX, make_caller


async def test_a_line_that_gives_up_sooner_is_refused(database: Database) -> None:
    caller = await make_caller(database)
    draft = LineDraft(name="Hasty", carrier_host="127.0.0.1", caller_number="+12125550100", ring_timeout_s=14)
    async with database.tenant(caller.tenant_id) as session:
        with pytest.raises(RingTimeError, match="Hasty would give up after 14 s"):
            await create_line(session, draft, region="US", box=BOX)


@pytest.mark.parametrize("number", ["+12125550123", "+447700900123", "+8613800138000", "+882161234567"])
@pytest.mark.parametrize("asked_s", [5, 15, 45])
def test_the_larger_of_the_line_s_time_and_the_country_s_counts(number: str, asked_s: int) -> None:
    least = {"+1": "US", "+44": "GB", "+86": "CN"}
    country = next((code for prefix, code in least.items() if number.startswith(prefix)), "")
    expected = max(asked_s, country_rules().of(country).ring_at_least_s)
    assert ring_time_s(LineRow(ring_timeout_s=asked_s), number) == expected >= 15
