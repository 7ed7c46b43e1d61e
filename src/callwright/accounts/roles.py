"""Who may do what: one table."""

from enum import StrEnum
from uuid import UUID

from callwright.kit.errors import ForbiddenError


class Role(StrEnum):
    """What a person is in their company; an operator runs the installation."""

    OPERATOR = "operator"
    OWNER = "owner"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    INSPECTOR = "inspector"


class Act(StrEnum):
    """What can be done; the value is how a message names it."""

    READ_TASKS = "look at call tasks"
    CHANGE_TASKS = "change call tasks"
    READ_CALLS = "look at calls"
    CORRECT_GRADES = "correct the grades of calls"
    READ_CUSTOMERS = "look at the customer book"
    CHANGE_CUSTOMERS = "change customers"
    ASSIGN_CUSTOMERS = "look at everybody's customers and give them to others"
    MERGE_CUSTOMERS = "merge customers who are one person"
    DEFINE_FIELDS = "define the fields of customers"
    READ_SCRIPTS = "look at scripts"
    CHANGE_SCRIPTS = "change scripts"
    READ_TRIALS = "look at the trial calls of others"
    READ_LINES = "look at lines"
    CHANGE_LINES = "change lines"
    TEST_LINES = "place test calls"
    READ_SEATS = "look at AI seats"
    READ_SETTINGS = "look at the company's settings"
    CHANGE_SETTINGS = "change the company's settings"
    READ_BALANCE = "look at the balance"
    READ_MONEY = "look at the ledger"
    SHARE_VIEWS = "share views of lists with the team"
    EXPORT = "export lists of customers and calls"
    SEE_NUMBERS = "see whole phone numbers"
    READ_DO_NOT_CALL = "look at the do-not-call list"
    ADD_DO_NOT_CALL = "put numbers on the do-not-call list"
    CHANGE_DO_NOT_CALL = "take numbers off the do-not-call list"
    KEEP_WEBHOOKS = "look at webhooks and change them"
    READ_MESSAGES = "look at messages and their templates"
    CHANGE_MESSAGES = "change templates of messages"
    READ_WARNINGS = "read the warnings that one was told of"
    BIND_CHATS = "bind chats of one's own"
    KEEP_WECHAT = "look at the company's official account of WeChat and change it"
    KEEP_PUSHES = "look at what people were told in chats and send it again"
    KEEP_INSTALLATION = "keep what holds for the whole installation"


EVERYONE = frozenset(Role)
LEADERS = frozenset({Role.OPERATOR, Role.OWNER, Role.SUPERVISOR})
OWNERS = frozenset({Role.OPERATOR, Role.OWNER})

WHO_MAY: dict[Act, frozenset[Role]] = {
    Act.READ_TASKS: EVERYONE,
    Act.CHANGE_TASKS: LEADERS,
    Act.READ_CALLS: EVERYONE,
    Act.CORRECT_GRADES: EVERYONE - {Role.AGENT},
    Act.READ_CUSTOMERS: EVERYONE,
    Act.CHANGE_CUSTOMERS: EVERYONE - {Role.INSPECTOR},
    Act.ASSIGN_CUSTOMERS: LEADERS,
    Act.MERGE_CUSTOMERS: LEADERS,
    Act.DEFINE_FIELDS: LEADERS,
    Act.READ_SCRIPTS: LEADERS,
    Act.CHANGE_SCRIPTS: LEADERS,
    Act.READ_TRIALS: OWNERS,
    Act.READ_LINES: LEADERS,
    Act.CHANGE_LINES: OWNERS,
    Act.TEST_LINES: LEADERS,
    Act.READ_SEATS: LEADERS,
    Act.READ_SETTINGS: LEADERS,
    Act.CHANGE_SETTINGS: OWNERS,
    Act.READ_BALANCE: LEADERS,
    Act.READ_MONEY: OWNERS,
    Act.SHARE_VIEWS: LEADERS,
    Act.EXPORT: LEADERS,
    Act.SEE_NUMBERS: LEADERS,
    Act.READ_DO_NOT_CALL: EVERYONE,
    Act.ADD_DO_NOT_CALL: EVERYONE - {Role.INSPECTOR},
    Act.CHANGE_DO_NOT_CALL: LEADERS,
    Act.KEEP_WEBHOOKS: OWNERS,
    Act.READ_MESSAGES: LEADERS,
    Act.CHANGE_MESSAGES: LEADERS,
    Act.READ_WARNINGS: EVERYONE,
    Act.BIND_CHATS: EVERYONE,
    Act.KEEP_WECHAT: OWNERS,
    Act.KEEP_PUSHES: LEADERS,
    Act.KEEP_INSTALLATION: frozenset({Role.OPERATOR}),
}


def may(role: Role, act: Act) -> bool:
    """Tell whether ``role`` may do ``act``."""
    return role in WHO_MAY[act]


def scope_of(role: Role, user_id: UUID) -> UUID | None:
    """Return whose customers and calls somebody sees, beside the public pool's; ``None`` for everybody's."""
    # Inspectors read everybody's, and change nobody's.
    leading = may(role, Act.ASSIGN_CUSTOMERS) or not may(role, Act.CHANGE_CUSTOMERS)
    return None if leading else user_id


def require(role: Role, act: Act) -> None:
    """Raise ForbiddenError, naming who can, unless ``role`` may do ``act``."""
    if not may(role, act):
        who = ", ".join(other.value for other in Role if other in WHO_MAY[act])
        raise ForbiddenError(role=role.value, act=act.value, who=who)
