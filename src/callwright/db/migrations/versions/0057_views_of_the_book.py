"""Views keep nobody whom somebody searched for, and views of the book say whose customers they show.

Revision: 0057, after 0056.
"""

import re
from urllib.parse import parse_qsl

from alembic import op
from sqlalchemy import text

from callwright.db import roles

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

VIEWS = text("""
    SELECT saved_views.id, saved_views.list, saved_views.search, users.role
    FROM saved_views JOIN users ON users.id = saved_views.user_id
    FOR UPDATE OF saved_views
""")
KEEP = text("UPDATE saved_views SET search = :search WHERE id = :id")
# No number that can be called is shorter; a date that is lost with it is soon chosen again.
NUMBER_OR_ADDRESS = re.compile(r"(\d\D*){7}|@")


def upgrade() -> None:
    """Apply."""
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    connection = op.get_bind()
    for row in connection.execute(VIEWS).all():
        kept = search_of(row.list, row.search, row.role)
        if kept != row.search:
            connection.execute(KEEP, {"search": kept, "id": row.id})
    op.execute("RESET ROLE")


def downgrade() -> None:
    """Nothing to take back: whom somebody searched for is forgotten."""


def search_of(name: str, search: str, role: str) -> str:
    """Return what a view keeps of its search; whose customers it shows is what its owner's book begins with."""
    kept = [pair for pair in search.split("&") if pair and not _names_somebody(pair)]
    if name == "customers" and not any(pair.startswith("whose=") for pair in kept):
        kept.append("whose=mine" if role == "agent" else "whose=all")
    return "&".join(kept)


def _names_somebody(pair: str) -> bool:
    return any(
        name == "text" or (name == "field" and NUMBER_OR_ADDRESS.search(value)) for name, value in parse_qsl(pair)
    )
