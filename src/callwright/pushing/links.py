"""Links to calls: sealed, good for some days, and only for people of the company, who sign in all the same."""

from datetime import datetime, timedelta
from uuid import UUID

from callwright.kit.errors import NotFoundError
from callwright.kit.secrets import SecretBox, UndecipherableError
from callwright.pushing.errors import StalePushLinkError

GOOD_FOR = timedelta(days=14)
_SEPARATOR = "|"
_WHAT = "push-link"


def link_to(base: str, tenant_id: UUID, call_id: UUID, *, box: SecretBox, now: datetime) -> str:
    """Return a link to a call below ``base``; nothing where nobody knows where browsers find the house."""
    if not base:
        return ""
    until = int((now + GOOD_FOR).timestamp())
    token = box.seal(_SEPARATOR.join((_WHAT, str(tenant_id), str(call_id), str(until)))).decode()
    return f"{base.rstrip('/')}/pushed/{token}"


def call_of(token: str, tenant_id: UUID, *, box: SecretBox, now: datetime) -> UUID:
    """Return the call that a link leads to. Raises NotFoundError, StalePushLinkError."""
    try:
        what, tenant, call, until = box.open(token.encode()).split(_SEPARATOR)
    except (UndecipherableError, ValueError):
        raise NotFoundError(thing="call", key="behind this link") from None
    if what != _WHAT or UUID(tenant) != tenant_id:
        raise NotFoundError(thing="call", key="behind this link")
    if now.timestamp() > int(until):
        raise StalePushLinkError(days=GOOD_FOR.days)
    return UUID(call)
