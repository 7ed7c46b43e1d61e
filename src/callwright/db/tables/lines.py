"""Lines: the ways into the phone network."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class LineRow(TenantOwned, Base):
    """A line at a carrier or gateway. ``secret`` is the digest password, encrypted (kit.secrets)."""

    __tablename__ = "lines"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("kind in ('mobile', 'fixed', 'pooled')", name="kind"),
        CheckConstraint("carrier_port between 1 and 65535", name="carrier_port"),
        CheckConstraint("channels > 0", name="channels"),
    )

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="fixed")
    carrier_host: Mapped[str]
    carrier_port: Mapped[int] = mapped_column(default=5060)
    username: Mapped[str | None]
    secret: Mapped[bytes | None]
    register: Mapped[bool] = mapped_column(default=False)
    caller_number: Mapped[str]
    channels: Mapped[int] = mapped_column(default=10)
    ring_timeout_s: Mapped[int] = mapped_column(default=30)
    registration: Mapped[str] = mapped_column(default="not_asked")
    """As the call node last saw it: a value of telephony.port.RegistrationState."""
    registration_reason: Mapped[str] = mapped_column(default="")
