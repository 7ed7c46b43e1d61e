"""Call nodes of this installation; they belong to no tenant."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from callwright.db.tables.base import Base, Keyed


class NodeRow(Keyed, Base):
    """A call node process. It lives as long as its heartbeat is fresh; the leader reaps it afterwards."""

    __tablename__ = "nodes"

    host: Mapped[str]
    pid: Mapped[int]
    capacity: Mapped[int]
    """How many calls it holds at once."""
    heartbeat_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    trouble: Mapped[str | None]
    """Why it places no calls at the moment, in a sentence, and the stable code of that; null when it is well."""
    trouble_code: Mapped[str | None]
