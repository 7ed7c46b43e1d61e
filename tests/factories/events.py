"""What was published, as a test asks for it."""

from uuid import UUID

from sqlalchemy import select

from callwright.db.events import KINDS, EventData
from callwright.db.session import Database
from callwright.db.tables.events import EventRow


async def told_of(database: Database, tenant_id: UUID, *kinds: type[EventData]) -> list[EventData]:
    """Return the events of a tenant in the order in which they were written, only those of ``kinds`` if given."""
    async with database.tenant(tenant_id) as session:
        rows = (await session.scalars(select(EventRow).order_by(EventRow.id))).all()
    told = [KINDS[row.kind].model_validate(row.data) for row in rows]
    return [one for one in told if not kinds or isinstance(one, kinds)]
