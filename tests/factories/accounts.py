"""People of a tenant."""

from uuid import UUID

from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.db.session import Database
from callwright.kit.ids import new_id

PASSWORD = "a long enough password"


async def make_user(database: Database, tenant_id: UUID, *, role: Role = Role.OWNER) -> UUID:
    """Make somebody who works for the tenant; return who."""
    email = f"{new_id()}@people.example"
    async with database.system() as session:
        user = await create_user(
            session, tenant_id=tenant_id, email=email, name=role.value, role=role, password=PASSWORD
        )
        return user.id
