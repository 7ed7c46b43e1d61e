"""What can go wrong with accounts and with signing in."""

from callwright.kit.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    SignInRequiredError,
    UnavailableError,
)


class WrongCredentialsError(SignInRequiredError):
    """Email and password don't go together."""

    code = "wrong-credentials"


class TooManySignInsError(UnavailableError):
    """Signing in failed {failures} times within {minutes} minutes. Wait, and try again in {wait_s} seconds."""

    code = "too-many-sign-ins"


class WeakPasswordError(InvalidInputError):
    """The password can't be used: {why}."""

    code = "weak-password"


class InvalidEmailError(InvalidInputError):
    """{email!r} is no email address. Write it as name@example.com."""

    code = "invalid-email"


class EmailTakenError(ConflictError):
    """Someone with the email {email} is here already."""

    code = "email-taken"


class TenantNameTakenError(ConflictError):
    """There is a company called {name} already. Choose another name."""

    code = "tenant-name-taken"


class UnknownTimeZoneError(InvalidInputError):
    """There is no time zone {time_zone!r}. Write it as Europe/London."""

    code = "unknown-time-zone"


class UnknownRegionError(InvalidInputError):
    """There is no region {region!r} with phone numbers of its own. Write it in two letters, such as GB."""

    code = "unknown-region"


class UnknownCurrencyError(InvalidInputError):
    """{currency!r} is no currency. Write its three letters, such as EUR or CNY."""

    code = "unknown-currency"


class ViewNameTakenError(ConflictError):
    """You have a view {name} of this list already. Choose another name, or replace that view."""

    code = "view-name-taken"


class TooManyViewsError(ConflictError):
    """You have {most} views of this list, the most that one person has. Remove or replace one of them."""

    code = "too-many-views"


class OthersViewError(ForbiddenError):
    """The view {name} is {owner}'s: you can use it, and save it as one of your own, but not change it."""

    code = "others-view"
