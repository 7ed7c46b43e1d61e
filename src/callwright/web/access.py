"""Who is asking, and whether they may: what a route depends on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from callwright.accounts.roles import Act, may, require, scope_of
from callwright.accounts.service import get_tenant
from callwright.accounts.sign_in import SignedIn, get_signed_in
from callwright.kit.errors import SignInRequiredError
from callwright.web.parameters import refuse_unknown
from callwright.web.parts import WebParts, parts_of

COOKIE = "callwright_session"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request of someone who is signed in."""

    who: SignedIn
    parts: WebParts

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction of the tenant's."""
        return self.parts.database.tenant(self.who.tenant_id)

    def system_transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction over what belongs to no tenant: only behind ``InstallationKeeper``."""
        return self.parts.database.system()

    @asynccontextmanager
    async def company_transaction(self, tenant_id: UUID) -> AsyncIterator[AsyncSession]:
        """Open a transaction of any company's: only behind ``InstallationKeeper``. Raises NotFoundError."""
        async with self.parts.database.system() as session:
            await get_tenant(session, tenant_id)
        async with self.parts.database.tenant(tenant_id) as session:
            yield session

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.parts.clock.now()

    @property
    def masks(self) -> bool:
        """Whether phone numbers are hidden from this person."""
        return not may(self.who.role, Act.SEE_NUMBERS)

    @property
    def scope(self) -> UUID | None:
        """Whose customers this person sees, beside the public pool's, and whose calls; ``None`` for everybody's."""
        return scope_of(self.who.role, self.who.user_id)

    def reaches(self, owner_id: UUID | None) -> bool:
        """Tell whether this person sees customers of ``owner_id``; ``None`` for the public pool."""
        return self.scope is None or owner_id in (None, self.scope)


async def asking(connection: HTTPConnection) -> Asking:
    """Return who is asking. Raises SignInRequiredError, and RequestValidationError for an unknown parameter."""
    parts = parts_of(connection)
    token = connection.cookies.get(COOKIE)
    if token:
        async with parts.database.system() as session:
            who = await get_signed_in(session, token, parts.clock.now())
        if who is not None:
            refuse_unknown(connection)
            return Asking(who, parts)
    raise SignInRequiredError


def allowed(act: Act) -> Callable[[Asking], Awaitable[Asking]]:
    """Return a dependency that lets only those pass whose role may do ``act``."""

    async def check(found: Annotated[Asking, Depends(asking)]) -> Asking:
        require(found.who.role, act)
        return found

    return check


Anyone = Annotated[Asking, Depends(asking)]
TaskReader = Annotated[Asking, Depends(allowed(Act.READ_TASKS))]
TaskChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_TASKS))]
CallReader = Annotated[Asking, Depends(allowed(Act.READ_CALLS))]
GradeCorrector = Annotated[Asking, Depends(allowed(Act.CORRECT_GRADES))]
CustomerReader = Annotated[Asking, Depends(allowed(Act.READ_CUSTOMERS))]
CustomerChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_CUSTOMERS))]
CustomerMerger = Annotated[Asking, Depends(allowed(Act.MERGE_CUSTOMERS))]
FieldDefiner = Annotated[Asking, Depends(allowed(Act.DEFINE_FIELDS))]
ScriptReader = Annotated[Asking, Depends(allowed(Act.READ_SCRIPTS))]
ScriptChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_SCRIPTS))]
LineReader = Annotated[Asking, Depends(allowed(Act.READ_LINES))]
LineChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_LINES))]
LineTester = Annotated[Asking, Depends(allowed(Act.TEST_LINES))]
SeatReader = Annotated[Asking, Depends(allowed(Act.READ_SEATS))]
SettingsReader = Annotated[Asking, Depends(allowed(Act.READ_SETTINGS))]
SettingsChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_SETTINGS))]
BalanceReader = Annotated[Asking, Depends(allowed(Act.READ_BALANCE))]
MoneyReader = Annotated[Asking, Depends(allowed(Act.READ_MONEY))]
Exporter = Annotated[Asking, Depends(allowed(Act.EXPORT))]
DoNotCallReader = Annotated[Asking, Depends(allowed(Act.READ_DO_NOT_CALL))]
DoNotCallAdder = Annotated[Asking, Depends(allowed(Act.ADD_DO_NOT_CALL))]
DoNotCallChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_DO_NOT_CALL))]
WebhookKeeper = Annotated[Asking, Depends(allowed(Act.KEEP_WEBHOOKS))]
MessageReader = Annotated[Asking, Depends(allowed(Act.READ_MESSAGES))]
MessageChanger = Annotated[Asking, Depends(allowed(Act.CHANGE_MESSAGES))]
WarningReader = Annotated[Asking, Depends(allowed(Act.READ_WARNINGS))]
ChatKeeper = Annotated[Asking, Depends(allowed(Act.BIND_CHATS))]
WeChatKeeper = Annotated[Asking, Depends(allowed(Act.KEEP_WECHAT))]
PushKeeper = Annotated[Asking, Depends(allowed(Act.KEEP_PUSHES))]
InstallationKeeper = Annotated[Asking, Depends(allowed(Act.KEEP_INSTALLATION))]
