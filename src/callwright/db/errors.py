"""What can be wrong with the database itself."""

from callwright.kit.errors import CallwrightError, InvalidInputError, UnavailableError


class DatabaseUnavailableError(UnavailableError):
    """PostgreSQL at {address} does not answer: {why}. Start it, or set CALLWRIGHT_DATABASE_URL to one that runs."""

    code = "database-unavailable"


class EmbeddedDatabaseError(UnavailableError):
    """The database in {folder} can't be used: {why}. {remedy}"""

    code = "embedded-database"


class ForeignTenantError(CallwrightError):
    """A row of {table} belongs to another tenant than the one this transaction works for."""

    code = "foreign-tenant"


class NulCharacterError(InvalidInputError):
    """A text holds the character NUL (U+0000), which can't be kept. Leave it out."""

    code = "nul-character"
