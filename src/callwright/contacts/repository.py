"""Queries about the customer book."""

import json
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from sqlalchemy import ARRAY, String, any_, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from callwright.contacts.drafts import CustomerDraft, RowFault
from callwright.db.copying import copy_rows
from callwright.db.tables.contacts import CustomerRow
from callwright.kit.ids import new_id

# Copied aside and then kept in one statement, a hundred thousand rows take as many seconds less.
ASIDE = text("""
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_customers
    (place integer NOT NULL, id uuid NOT NULL, phone text NOT NULL, name text NOT NULL, fields jsonb NOT NULL)
    ON COMMIT DROP
""")
# Their order keeps two imports from waiting for one another. The tenant is the column's own default, and
# row-level security allows no other. Of whom it adds nothing to what is known is not written again, and so
# not returned either; a card that others were merged into is left to PASS_ON, which writes it once.
KEEP = text("""
    WITH kept AS (
        INSERT INTO customers (id, phone, name, fields)
        SELECT id, phone, name, fields FROM incoming_customers ORDER BY phone
        ON CONFLICT (tenant_id, phone) DO UPDATE
        SET name = coalesce(nullif(excluded.name, ''), customers.name),
            fields = customers.fields || excluded.fields, revision = customers.revision + 1
        WHERE NOT (customers.fields @> excluded.fields AND excluded.name IN ('', customers.name))
          AND (customers.id IN (SELECT merged_into FROM customers WHERE merged_into IS NOT NULL)) IS NOT TRUE
        RETURNING phone, id, merged_into
    ), known AS (
        UPDATE incoming_customers AS given SET id = kept.id
        FROM kept WHERE kept.phone = given.phone AND kept.id <> given.id
        RETURNING given.id, kept.merged_into
    )
    SELECT (SELECT count(*) FROM kept),
        coalesce(array_agg(id) FILTER (WHERE merged_into IS NULL), '{}'),
        coalesce(array_agg(id) FILTER (WHERE merged_into IS NOT NULL), '{}')
    FROM known
""")
# A statement of its own, which sees also whom another import made while the first one waited for it.
FIND_KNOWN = text("""
    UPDATE incoming_customers AS given SET id = book.id
    FROM customers AS book WHERE book.phone = given.phone AND book.id <> given.id
    RETURNING given.id
""")
# What a file says of a number that was merged is said of the person, by later rows before earlier ones: those of
# the person's other numbers, and of the card's own. Returned is of whom the card that is written didn't know it.
# Who was merged is found first: while a first file comes in the planner has no figures, and would go through all
# customers for each. "IS TRUE" has whoever of them stands in the file looked up, which the planner would else
# compare one by one where it expects few.
PASS_ON = text("""
    WITH parts AS MATERIALIZED (
        SELECT part.merged_into AS card, given.id, given.place, given.name, given.fields
        FROM incoming_customers AS given JOIN customers AS part ON part.id = given.id
        WHERE part.merged_into IS NOT NULL
    ), rows AS MATERIALIZED (
        SELECT * FROM parts
        UNION ALL
        SELECT id, id, place, name, fields FROM incoming_customers
        WHERE (id IN (SELECT merged_into FROM customers WHERE merged_into IS NOT NULL)) IS TRUE
    ), cards AS MATERIALIZED (
        SELECT id, name, fields FROM customers WHERE id IN (SELECT card FROM rows) ORDER BY id FOR NO KEY UPDATE
    ), told AS (
        SELECT rows.*, NOT (cards.fields @> rows.fields AND rows.name IN ('', cards.name)) AS otherwise
        FROM rows JOIN cards ON cards.id = rows.card
    ), said AS (
        SELECT card, array_agg(DISTINCT id) FILTER (WHERE otherwise) AS ids,
            coalesce((array_agg(name ORDER BY place DESC) FILTER (WHERE name <> ''))[1], '') AS name,
            coalesce(jsonb_object_agg(key, value ORDER BY place) FILTER (WHERE key IS NOT NULL), '{}') AS fields
        FROM told LEFT JOIN jsonb_each(fields) ON true
        GROUP BY card
    )
    UPDATE customers AS whole
    SET name = coalesce(nullif(said.name, ''), whole.name), fields = whole.fields || said.fields,
        revision = whole.revision + 1
    FROM said
    WHERE whole.id = said.card AND NOT (whole.fields @> said.fields AND said.name IN ('', whole.name))
    RETURNING said.ids
""")
FORGET = text("TRUNCATE incoming_customers")


@dataclass(frozen=True, slots=True)
class Kept:
    """Which of those who came in were known before: otherwise than they came, and as they came."""

    changed: Set[UUID]
    unchanged: Set[UUID]


async def keep_incoming(session: AsyncSession, drafts: Sequence[CustomerDraft]) -> Kept:
    """Make or update customers; return who was known.

    Until the transaction ends, or the next are kept, ``incoming_customers`` holds them: ``place`` counts from 0,
    ``id`` is the customer's.
    """
    await session.execute(ASIDE)
    await session.execute(FORGET)
    await copy_rows(
        session,
        "incoming_customers",
        ("place", "id", "phone", "name", "fields"),
        (
            (place, new_id(), draft.phone, draft.name, json.dumps(_known(draft)))
            for place, draft in enumerate(drafts)
        ),
    )
    written, otherwise, merged = (await session.execute(KEEP)).one()
    as_known = set(await session.scalars(FIND_KNOWN)) if written < len(drafts) else set()
    changed = {*otherwise, *chain.from_iterable(await session.scalars(PASS_ON))}
    return Kept(changed, (as_known | set(merged)) - changed)


def _known(draft: CustomerDraft) -> dict[str, str]:
    return {name: value for name, value in {**draft.variables, **draft.fields}.items() if value}


async def lacking_among(session: AsyncSession, drafts: Sequence[CustomerDraft]) -> list[RowFault]:
    """Return for each draft that says nothing of a required field the first that the book doesn't know either.

    What is known of a number that was merged is known of the person (in the tenant's transaction).
    """
    asked = [draft for draft in drafts if draft.lacks]
    card = aliased(CustomerRow)
    known = (
        select(CustomerRow.phone, func.coalesce(card.fields, CustomerRow.fields))
        .outerjoin(card, card.id == CustomerRow.merged_into)
        .where(CustomerRow.phone == any_(literal([draft.phone for draft in asked], ARRAY(String))))
    )
    fields: dict[str, dict[str, str]] = dict(iter(await session.execute(known))) if asked else {}
    lacking = (
        next((fault for fault in draft.lacks if not fields.get(draft.phone, {}).get(fault.column)), None)
        for draft in asked
    )
    return [fault for fault in lacking if fault is not None]


async def get_incoming_ids(session: AsyncSession) -> Sequence[UUID]:
    """Return the ids of those kept last, in their order."""
    return (await session.scalars(text("SELECT id FROM incoming_customers ORDER BY place"))).all()


async def get_ids(session: AsyncSession, phones: Collection[str]) -> dict[str, UUID]:
    """Return which customer each of ``phones`` (E.164) belongs to."""
    given = literal(list(phones), ARRAY(String))  # one parameter, however many numbers
    found = select(CustomerRow.phone, CustomerRow.id).where(CustomerRow.phone == any_(given))
    return dict(iter(await session.execute(found)))
