"""Unanswered questions: what scripts didn't understand in real calls, to be taught to them or put aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from callwright.calls.schemas import EventEntry, TurnEntry
from callwright.calls.wordings import Asked, AskedGroup, grouped, wording_of
from callwright.db.tables.calls import CallRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.db.tables.unanswered import SettledWordingRow, UnansweredTurnRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.scripts.drafting import save_draft
from callwright.scripts.schemas import ScriptView
from callwright.scripts.service import get_script
from callwright.scripts.teaching import NewQuestion, teach

NOT_UNDERSTOOD = "not_understood"
"""The kind of a call's event that tells of a turn that wasn't understood."""
MOST_CHARACTERS = 200
"""What is longer is no example of anything."""
MOST_WORDINGS = 500
_NUMBER = re.compile(r"(?:\d[\s().-]*){6,}")
"""A telephone or account number is nobody's question, and isn't kept a second time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A call that is over; ``again`` where it was kept before, with another end."""

    id: UUID
    tenant_id: UUID
    again: bool
    turns: Sequence[TurnEntry]
    events: Sequence[EventEntry]


async def note_unanswered(session: AsyncSession, calls: Sequence[Ended]) -> None:
    """Keep what wasn't understood in calls that are over; most calls cost no statement."""
    again = [call.id for call in calls if call.again]
    if again:
        await session.execute(delete(UnansweredTurnRow).where(UnansweredTurnRow.call_id.in_(again)))
    missed = {call.id: rows for call in calls if (rows := list(_rows(call)))}
    if not missed:
        return
    versions = dict(
        (await session.execute(select(CallRow.id, CallRow.script_version_id).where(CallRow.id.in_(missed)))).all()
    )
    rows = [row | {"script_version_id": versions[call_id]} for call_id, found in missed.items() for row in found]
    await session.execute(insert(UnansweredTurnRow), rows)


async def list_unanswered(session: AsyncSession, script_id: UUID) -> list[AskedGroup]:
    """Return what wasn't understood and nobody settled, the most frequent first. Raises NotFoundError."""
    await get_script(session, script_id)
    return grouped(await _asked(session, script_id))


async def add_unanswered(
    session: AsyncSession,
    script_id: UUID,
    group_id: str,
    *,
    to: str | NewQuestion,
    wordings: Sequence[str] | None,
    revision: int,
    by: UUID,
    now: datetime,
) -> ScriptView:
    """Teach a group's wordings (or ``wordings`` in their place) to the draft.

    Raises NotFoundError, StaleRevisionError, ScriptInvalidError, ScriptArchivedError.
    """
    group = await _group(session, script_id, group_id)
    view = await get_script(session, script_id)
    taught = teach(view.graph, to, [one.text for one in group.asked] if wordings is None else wordings)
    saved = await save_draft(session, script_id, taught, revision=revision, by=by, now=now)
    await _settle(session, script_id, group, "added", by)
    return saved


async def dismiss_unanswered(session: AsyncSession, script_id: UUID, group_id: str, *, by: UUID) -> None:
    """Put a group's wordings aside for good. Raises NotFoundError."""
    await _settle(session, script_id, await _group(session, script_id, group_id), "dismissed", by)


def _rows(call: Ended) -> Iterator[dict[str, object]]:
    # What was taken back and said on stands in the transcript as one turn.
    spoken = {turn.text for turn in call.turns if turn.who == "customer"}
    for event in call.events:
        text = str(event.data.get("text", ""))
        if event.kind != NOT_UNDERSTOOD or text not in spoken:
            continue
        if len(text) <= MOST_CHARACTERS and not _NUMBER.search(text):
            yield {
                "id": new_id(),
                "tenant_id": call.tenant_id,
                "call_id": call.id,
                "wording": wording_of(text),
                "text": text,
                "node": str(event.data.get("node", "")),
                "nearest": str(event.data.get("nearest", "")),
            }


async def _group(session: AsyncSession, script_id: UUID, group_id: str) -> AskedGroup:
    for group in await list_unanswered(session, script_id):
        if group.id == group_id:
            return group
    raise NotFoundError(thing="unanswered question", key=group_id)


async def _asked(session: AsyncSession, script_id: UUID) -> list[Asked]:
    row = UnansweredTurnRow
    versions = select(ScriptVersionRow.id).where(ScriptVersionRow.script_id == script_id)
    settled = select(SettledWordingRow.wording).where(SettledWordingRow.script_id == script_id)
    times = func.count().label("times")
    found = (
        select(
            row.wording,
            _latest(row.text),
            times,
            func.max(row.created_at),
            _latest(row.call_id),
            func.array_agg(row.node.distinct()),
            func.array_agg(row.nearest.distinct()),
        )
        .where(row.script_version_id.in_(versions), row.wording.not_in(settled))
        .group_by(row.wording)
        .order_by(times.desc(), func.max(row.created_at).desc())
        .limit(MOST_WORDINGS)
    )
    return [
        Asked(wording, text, count, at, call_id, _filled(nodes), _filled(nearest))
        for wording, text, count, at, call_id, nodes, nearest in await session.execute(found)
    ]


def _latest(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    latest: ColumnElement[Any] = func.array_agg(aggregate_order_by(column, UnansweredTurnRow.id.desc()))[1]
    return latest


def _filled(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name))


async def _settle(session: AsyncSession, script_id: UUID, group: AskedGroup, how: str, by: UUID) -> None:
    rows = [
        {"id": new_id(), "script_id": script_id, "wording": one.wording, "how": how, "settled_by": by}
        for one in group.asked
    ]
    statement = insert_or(SettledWordingRow).values(rows)
    await session.execute(statement.on_conflict_do_nothing())
