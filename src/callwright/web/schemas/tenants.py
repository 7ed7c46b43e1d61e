"""Companies, as the operator of the installation sees them."""

from uuid import UUID

from callwright.web.schemas.base import Response
from callwright.web.schemas.money import Balance


class Company(Response):
    """A company of this installation."""

    id: UUID
    name: str
    time_zone: str
    balance: Balance
    ai_seats: int
    policy_groups: int
