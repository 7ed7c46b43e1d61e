"""Under which roles transactions run, and the SQL that makes and binds them.

The login role owns the tables but no policy names it, and row-level security is forced upon owners too: it sees
nothing. Every transaction takes one of two roles that can't log in: the application's, which sees one
tenant's rows, or the system's (sign-in, dialer, call nodes), which sees every tenant's.
"""

from collections.abc import Iterable

APP_ROLE = "callwright_app"
SYSTEM_ROLE = "callwright_system"
TENANT_SETTING = "callwright.tenant"
CURRENT_TENANT = f"nullif(current_setting('{TENANT_SETTING}', true), '')::uuid"
"""SQL for the tenant of this transaction, NULL where none was set (a setting once set locally reverts to '')."""


def create_roles() -> list[str]:
    """Return the statements that make both roles where they are missing and let the login role take them.

    Roles belong to the whole server, so another database may have made them, even at this moment.
    """
    made = [
        f"""DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
        for role in (APP_ROLE, SYSTEM_ROLE)
    ]
    granted = [
        f"""DO $$ BEGIN
            IF NOT pg_has_role(current_user, '{role}', 'SET') THEN
                GRANT {role} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;
            END IF;
        END $$"""
        for role in (APP_ROLE, SYSTEM_ROLE)
    ]
    schema = [f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {SYSTEM_ROLE}"]
    return made + granted + schema


def protect_tenant_table(table: str) -> list[str]:
    """Return the statements that give ``table`` its grants and policies: one tenant's rows, or the system."""
    own = f"tenant_id = {CURRENT_TENANT}"
    return [
        *_system_policy(table),
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {APP_ROLE}",
        f"CREATE POLICY tenant ON {table} TO {APP_ROLE} USING ({own}) WITH CHECK ({own})",
    ]


def protect_tenants() -> list[str]:
    """Return the statements for the table of tenants: each sees its own row and changes none."""
    return [
        *_system_policy("tenants"),
        f"GRANT SELECT ON tenants TO {APP_ROLE}",
        f"CREATE POLICY tenant ON tenants FOR SELECT TO {APP_ROLE} USING (id = {CURRENT_TENANT})",
    ]


def let_tenants_set(columns: Iterable[str]) -> list[str]:
    """Return the statements that let a tenant change ``columns`` of its own row; the rest stays the operator's."""
    own = f"id = {CURRENT_TENANT}"
    return [
        f"GRANT UPDATE ({', '.join(columns)}) ON tenants TO {APP_ROLE}",
        f"CREATE POLICY tenant_settings ON tenants FOR UPDATE TO {APP_ROLE} USING ({own}) WITH CHECK ({own})",
    ]


def protect_system_table(table: str) -> list[str]:
    """Return the statements for a table that belongs to no tenant: the system's alone."""
    return _system_policy(table)


def protect_sum(table: str) -> list[str]:
    """Return the statements for a table of ``tenant_id`` that a trigger of its owner keeps: others only read it."""
    own = f"tenant_id = {CURRENT_TENANT}"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"GRANT SELECT ON {table} TO {APP_ROLE}, {SYSTEM_ROLE}",
        f"CREATE POLICY system ON {table} FOR SELECT TO {SYSTEM_ROLE} USING (true)",
        f"CREATE POLICY tenant ON {table} FOR SELECT TO {APP_ROLE} USING ({own})",
    ]


def append_only(table: str) -> list[str]:
    """Return the statements after which the rows of ``table`` stay as they were entered."""
    return [f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}, {SYSTEM_ROLE}"]


def show_columns(table: str, columns: Iterable[str]) -> list[str]:
    """Return the statements that let every tenant read some columns of a table that belongs to none."""
    return [
        f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {APP_ROLE}",
        f"CREATE POLICY everyone ON {table} FOR SELECT TO {APP_ROLE} USING (true)",
    ]


def hide_columns(table: str) -> list[str]:
    """Return the statements that take :func:`show_columns` back."""
    return [
        f"DROP POLICY everyone ON {table}",
        f"REVOKE ALL ON {table} FROM {APP_ROLE}",
    ]


def _system_policy(table: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {SYSTEM_ROLE}",
        f"CREATE POLICY system ON {table} TO {SYSTEM_ROLE} USING (true) WITH CHECK (true)",
    ]
