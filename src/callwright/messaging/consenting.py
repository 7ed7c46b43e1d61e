"""Who may be written to: by opt-outs, do-not-call lists, and the consent that is noted, as calls ask for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.consent import consent_held
from callwright.contacts.do_not_call import Number, barred_among, barred_in_tenants
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import MessageOptOutRow
from callwright.dialing.country_rules import Purpose, country_rules
from callwright.dialing.gate import ConsentPolicy
from callwright.kit.phone_place import country_of
from callwright.messaging.schemas import Why
from callwright.texting.windows import MessageKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is to, of which company, and what it is for."""

    tenant_id: UUID
    customer_id: UUID
    phone: str
    kind: MessageKind


async def why_not_in_company(session: AsyncSession, recipients: Collection[Recipient]) -> dict[Recipient, Why]:
    """Return those who are not to be written to, and why, in a transaction of their company."""
    listed = await barred_among(session, [one.phone for one in recipients])
    return await _why_not(session, recipients, {number for number in _numbers(recipients) if number[1] in listed})


async def why_not(session: AsyncSession, recipients: Collection[Recipient]) -> dict[Recipient, Why]:
    """Return those who are not to be written to, and why, in a transaction of the system."""
    listed = await barred_in_tenants(session, _numbers(recipients))
    return await _why_not(session, recipients, listed)


async def _why_not(
    session: AsyncSession, recipients: Collection[Recipient], barred: Collection[Number]
) -> dict[Recipient, Why]:
    opted_out = await _opted_out(session, _numbers(recipients))
    consents = await _consents(session, {one.customer_id for one in recipients})
    found: dict[Recipient, Why] = {}
    for one in recipients:
        number = (one.tenant_id, one.phone)
        consent, policy = consents[one.customer_id]
        why = consent_lacking(policy, one.kind, one.phone, consent)
        if number in opted_out:
            why = Why.OPTED_OUT
        elif number in barred:
            why = Why.DO_NOT_CALL
        if why is not None:
            found[one] = why
    return found


def consent_lacking(policy: ConsentPolicy, kind: MessageKind, phone: str, consent: bool | None) -> Why | None:
    """Return why a message may not be sent for want of consent: what is noted, ``None`` where nothing is.

    Whoever took it back gets nothing at all. Else it is asked for where the company wants that, as for calls.
    """
    if consent is False:
        return Why.CONSENT_WITHDRAWN
    purpose = Purpose.MARKETING if kind is MessageKind.MARKETING else Purpose.SERVICE
    as_country_asks = purpose in country_rules().of(country_of(phone)).consent_for
    asked_for = {ConsentPolicy.ALWAYS: True, ConsentPolicy.AS_COUNTRY_ASKS: as_country_asks}.get(policy, False)
    return Why.NO_CONSENT if asked_for and not consent else None


def _numbers(recipients: Collection[Recipient]) -> list[Number]:
    return [(one.tenant_id, one.phone) for one in recipients]


async def _opted_out(session: AsyncSession, numbers: Sequence[Number]) -> set[Number]:
    out = MessageOptOutRow
    listed = await session.execute(
        select(out.tenant_id, out.phone).where(
            out.tenant_id.in_({tenant_id for tenant_id, _ in numbers}),
            out.phone.in_({phone for _, phone in numbers}),
            out.removed_at.is_(None),
        )
    )
    return {(tenant_id, phone) for tenant_id, phone in listed}


async def _consents(
    session: AsyncSession, customer_ids: Collection[UUID]
) -> dict[UUID, tuple[bool | None, ConsentPolicy]]:
    """Return what is noted of customers' consent, and what their companies want of it."""
    wanted = (
        select(CustomerRow.id, consent_held(), TenantRow.consent_policy)
        .join(TenantRow, TenantRow.id == CustomerRow.tenant_id)
        .where(CustomerRow.id.in_(customer_ids))
    )
    found = await session.execute(wanted)
    return {customer_id: (consent, ConsentPolicy(policy)) for customer_id, consent, policy in found}
