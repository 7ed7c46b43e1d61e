"""Call nodes of this installation, and the leader's watch over them; they belong to no tenant."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

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


class LeaderWatchRow(Base):
    """When a leader looked for silent nodes last, whoever led: one row."""

    __tablename__ = "leader_watch"
    __table_args__ = (CheckConstraint("one", name="one"),)

    one: Mapped[bool] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime]
    watched_since: Mapped[datetime]
    """Since when somebody has looked without a longer pause."""
    unwatched_s: Mapped[float]
    """How long the pause before that was, in which nodes may have had nobody to say to that they live."""
