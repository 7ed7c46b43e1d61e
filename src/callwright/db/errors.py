"""What can be wrong with the database itself."""

from callwright.kit.errors import CallwrightError, UnavailableError


class DatabaseUnavailableError(UnavailableError):
    """PostgreSQL at {address} does not answer: {why}. Start it, or set CALLWRIGHT_DATABASE_URL to one that runs."""

    code = "database-unavailable"


class EmbeddedDatabaseError(UnavailableError):
    """The database in {folder} can't be started: {why}. {remedy}"""

    code = "embedded-database"


class ForeignTenantError(CallwrightError):
    """A row of {table} belongs to another tenant than the one this transaction works for."""

    code = "foreign-tenant"
