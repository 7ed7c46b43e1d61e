"""What is known of companies' official accounts, and kept of them for every process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from callwright.channels.wechat.forms import Template


@dataclass(frozen=True, slots=True)
class Account:
    """A company's official account: ``customers`` is what tells of customers, ``notices`` of everything else."""

    id: UUID
    tenant_id: UUID
    app_id: str
    app_secret: str
    customers: Template
    notices: Template

    def __repr__(self) -> str:
        return f"Account({self.app_id})"


@dataclass(frozen=True, slots=True)
class Token:
    """What opens WeChat for an account until a moment."""

    text: str
    until: datetime

    def __repr__(self) -> str:
        return f"Token(…, {self.until})"


class Accounts(Protocol):
    """Official accounts, with the tokens that all processes share."""

    async def account(self, tenant_id: UUID) -> Account | None:
        """Return a company's; nothing where it has none, or none that can be read."""
        ...

    async def token(self, account: Account) -> Token | None:
        """Return the token that was kept last."""
        ...

    async def keep(self, account: Account, token: Token) -> None:
        """Keep a token."""
        ...
