"""Consent to be called: noted by people or by files, the latest note holding, all of them kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.contacts.drafts import Consent
from callwright.contacts.searching import same_person
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import ConsentNoteRow, CustomerRow
from callwright.kit.ids import new_id

# What a file says again is no news; what a person notes always is. That somebody who took consent back gave it
# again no file can say, also where they took it back while the file was being read.
NOTE = text("""
    WITH noted AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:customers AS uuid[]), CAST(:given AS boolean[]),
                             CAST(:sources AS text[])) AS note (id, customer, given, source)
    ), changed AS (
        UPDATE customers SET consent = noted.given, consent_note = noted.source
        FROM noted
        WHERE customers.id = noted.customer
          AND (:by_person OR customers.consent IS DISTINCT FROM noted.given
               OR customers.consent_note <> noted.source)
          AND (:by_person OR NOT noted.given OR customers.consent IS NOT FALSE)
        RETURNING noted.id, noted.customer, noted.given, noted.source
    )
    INSERT INTO consent_notes (id, customer_id, given, source, origin, noted_by)
    SELECT id, customer, given, source, CASE WHEN :by_person THEN 'person' ELSE 'file' END, CAST(:by AS uuid)
    FROM changed
    RETURNING customer_id
""")
WITHDRAWN = text("""
    SELECT phone FROM customers WHERE phone = ANY (CAST(:phones AS text[])) AND consent IS FALSE
""")


@dataclass(frozen=True, slots=True)
class ConsentNote:
    """What was noted once. ``source`` tells whence it is known; ``noted_by`` is a person's name."""

    given: bool
    source: str
    origin: str
    noted_by: str | None
    noted_at: datetime


async def note_by_person(session: AsyncSession, customer_id: UUID, consent: Consent, *, by: UUID) -> Sequence[UUID]:
    """Note what a person knows of a customer's consent, under every number of theirs (in the tenant's transaction).

    Returns the customers of whom it was noted: this one, and those of the same card.
    """
    row = CustomerRow
    card = select(func.coalesce(row.merged_into, row.id)).where(row.id == customer_id).scalar_subquery()
    same = select(row.id).where(or_(row.id == card, row.merged_into == card)).order_by(row.phone)
    return await note_under(session, (await session.scalars(same.with_for_update())).all(), consent, by=by)


async def note_under(
    session: AsyncSession, customer_ids: Collection[UUID], consent: Consent, *, by: UUID | None
) -> Sequence[UUID]:
    """Note what a person knows of consent under these numbers alone; return them (in the tenant's transaction)."""
    notes = _notes(dict.fromkeys(customer_ids, consent), by=by)
    return (await session.scalars(NOTE, notes | {"by_person": True})).all()


async def note_by_file(
    session: AsyncSession, consents: Mapping[UUID, Consent], *, by: UUID | None
) -> Sequence[UUID]:
    """Note what a file says of customers; return those of whom it was news (in the tenant's transaction)."""
    if not consents:
        return []
    return (await session.scalars(NOTE, _notes(consents, by=by) | {"by_person": False})).all()


async def withdrawn_among(session: AsyncSession, phones: Collection[str]) -> set[str]:
    """Return which numbers' customers took their consent back (in the tenant's transaction)."""
    return set(await session.scalars(WITHDRAWN, {"phones": list(phones)}))


async def get_consents(session: AsyncSession, customer_ids: Collection[UUID]) -> dict[UUID, bool | None]:
    """Return what holds for customers now, nothing where nobody noted it.

    Whoever took it back under another number of theirs took it back, until a person notes that they gave it again.
    """
    wanted = select(CustomerRow.id, consent_held()).where(CustomerRow.id.in_(set(customer_ids)))
    return dict(iter(await session.execute(wanted)))


def consent_held() -> ColumnElement[bool | None]:
    """Return, of a query of CustomerRow, what :func:`get_consents` tells of each."""
    of_same = aliased(CustomerRow)
    card = func.coalesce(CustomerRow.merged_into, CustomerRow.id)
    taken_back = exists().where(or_(of_same.id == card, of_same.merged_into == card), of_same.consent.is_(False))
    return case((taken_back, False), else_=CustomerRow.consent)


async def get_notes(session: AsyncSession, customer_id: UUID) -> list[ConsentNote]:
    """Return everything that was noted of a person, the latest first (in the tenant's transaction).

    What was noted under several of their numbers together is one note.
    """
    row, same = ConsentNoteRow, aliased(ConsentNoteRow)
    card = select(func.coalesce(CustomerRow.merged_into, CustomerRow.id)).where(CustomerRow.id == customer_id)
    numbers = same_person(card.scalar_subquery())
    under_another = exists().where(
        same.customer_id.in_(numbers),
        same.created_at == row.created_at,  # made in one transaction
        same.given == row.given,
        same.source == row.source,
        same.id < row.id,
    )
    rows = await session.execute(
        select(row.given, row.source, row.origin, UserRow.name, row.created_at)
        .outerjoin(UserRow, UserRow.id == row.noted_by)
        .where(row.customer_id.in_(numbers), ~under_another)
        .order_by(row.id.desc())
    )
    return [ConsentNote(*found) for found in rows]


def _notes(consents: Mapping[UUID, Consent], *, by: UUID | None) -> dict[str, object]:
    return {
        "ids": [new_id() for _ in consents],
        "customers": list(consents),
        "given": [consent.given for consent in consents.values()],
        "sources": [consent.source for consent in consents.values()],
        "by": by,
    }
