"""The tree of errors that a person is meant to read.

An error names the thing, the rule it broke and the remedy. ``code`` is stable and goes into the API;
the docstring of a class is its message, with ``{fields}`` filled in from the keywords it was raised with.
"""

from typing import ClassVar


class CallwrightError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__((type(self).__doc__ or "").strip().format_map(fields))


class InvalidInputError(CallwrightError):
    """What was given breaks a rule."""

    code = "invalid"


class NotFoundError(CallwrightError):
    """There is no {thing} {key}."""

    code = "not-found"


class ConflictError(CallwrightError):
    """What was asked does not fit the present state."""

    code = "conflict"


class SignInRequiredError(CallwrightError):
    """Sign in first."""

    code = "sign-in-required"


class ForbiddenError(CallwrightError):
    """Your role, {role}, may not {act}; {who} can."""

    code = "forbidden"


class UnavailableError(CallwrightError):
    """Something Callwright needs is not there."""

    code = "unavailable"
