"""Companies' official accounts of WeChat, codes that bind people to them, and what they were told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.roles import CURRENT_TENANT
from callwright.db.tables.base import Base, TenantOwned


class WeChatAccountRow(TenantOwned, Base):
    """A company's official account, with the token that all processes share. What opens anything is sealed."""

    __tablename__ = "wechat_accounts"
    __table_args__ = (UniqueConstraint("tenant_id"), UniqueConstraint("callback_key"))

    tenant_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenants.id", ondelete="CASCADE"), server_default=text(CURRENT_TENANT)
    )
    app_id: Mapped[str]
    app_secret: Mapped[bytes] = mapped_column(LargeBinary)
    callback_token: Mapped[bytes] = mapped_column(LargeBinary)
    """What proves that WeChat tells something."""
    aes_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """``EncodingAESKey``; none where WeChat tells it plainly."""
    callback_key: Mapped[str]
    """The end of the address at which WeChat tells; nobody guesses it."""
    customers: Mapped[dict[str, Any]]
    """The template that tells of customers, as JSON: ``{"id": ..., "places": {place: part}}``."""
    notices: Mapped[dict[str, Any]]
    """The template that tells of warnings and tests."""
    verified_at: Mapped[datetime | None]
    """When WeChat last verified that address."""
    access_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_until: Mapped[datetime | None]


class WeChatCodeRow(TenantOwned, Base):
    """A code that one person shows, so that whoever scans it is told what that person is to know."""

    __tablename__ = "wechat_codes"
    __table_args__ = (
        UniqueConstraint("scene"),
        CheckConstraint("outcome in ('', 'bound', 'too_many')", name="outcome"),
        UniqueConstraint("user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    """Of the chat."""
    scene: Mapped[str]
    """A digest of what WeChat tells when it is scanned."""
    expires_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="")
    """What came of scanning it; once."""
    asked: Mapped[int] = mapped_column(server_default=text("1"))
    """How many codes its person asked for since ``counted_from``, this one among them."""
    counted_from: Mapped[datetime] = mapped_column(server_default=func.now())


class WeChatNonceRow(TenantOwned, Base):
    """A nonce that WeChat used lately, so that nobody uses it again."""

    __tablename__ = "wechat_nonces"
    __table_args__ = (UniqueConstraint("tenant_id", "digest"), Index("ix_wechat_nonces_heard_at", "heard_at"))

    tenant_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenants.id", ondelete="CASCADE"), server_default=text(CURRENT_TENANT)
    )
    digest: Mapped[str]
    heard_at: Mapped[datetime]
