"""The schema's history leads exactly to the tables that the code declares."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import Session

from callwright.db.engine import sqlalchemy_url
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.migrations import configuration, migrate
from callwright.db.roles import SYSTEM_ROLE
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow, UserRow
from callwright.db.tables.base import Base
from callwright.db.tables.exports import ExportRow
from callwright.db.tables.lists import SavedViewRow
from callwright.kit.ids import new_id

AT = datetime(2026, 3, 2, tzinfo=UTC)


def test_migrated_schema_is_the_declared_one(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()


def test_several_processes_may_migrate_at_once(make_database_url: Callable[[str], str]) -> None:
    url = make_database_url("template1")
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(migrate, url) for _ in range(4)]:
            done.result()
    engine = create_engine(sqlalchemy_url(url))
    assert "tasks" in inspect(engine).get_table_names()
    engine.dispose()


def test_the_first_version_can_be_taken_back(database_url: str) -> None:
    engine = create_engine(sqlalchemy_url(database_url))
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate(database_url)


def after_migrations(
    url: str, earlier: Callable[[UUID], Iterable[Base]], *, back_to: str, asked: str
) -> Sequence[str]:
    """Return what is ``asked`` for once the migrations since ``back_to`` have met a tenant's ``earlier`` rows."""
    engine = create_engine(sqlalchemy_url(url))
    take_role = text(f"SET LOCAL ROLE {SYSTEM_ROLE}")
    with engine.begin() as connection, Session(connection) as session:
        session.execute(take_role)
        tenant = TenantRow(name="Ours")
        session.add(tenant)
        session.flush()
        session.add_all(earlier(tenant.id))
        session.flush()
        connection.execute(text("RESET ROLE"))
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, back_to)
        command.upgrade(config, "head")
        session.execute(take_role)
        left: Sequence[str] = session.scalars(text(asked)).all()
    engine.dispose()
    return left


def test_no_searched_name_outlives_the_file_of_its_export(database_url: str) -> None:
    left = after_migrations(
        database_url,
        exported_earlier,
        back_to="0031",
        asked="SELECT shown::text FROM exports ORDER BY file_name",
    )
    assert ["Zoe" in shown for shown in left] == [False, False, True]


def exported_earlier(tenant_id: UUID) -> list[ExportRow]:
    calls, customers = {"filter": {"text": "Zoe"}, "what": "calls"}, {"text": "Zoe", "what": "customers"}
    same = {"tenant_id": tenant_id, "what": "calls", "file_kind": "csv", "language": "en", "time_zone": "UTC"}
    return [
        ExportRow(**same, key=uuid4(), state="done", shown=shown, file_name=name, file_deleted_at=deleted)
        for name, shown, deleted in (("a", calls, AT), ("b", customers, AT), ("c", calls, None))
    ]


def test_views_forget_whom_they_searched_for_and_say_whose_customers_they_show(database_url: str) -> None:
    left = after_migrations(
        database_url,
        lambda tenant_id: [row for role in ("agent", "owner") for row in views_saved_earlier(tenant_id, role)],
        back_to="0056",
        asked="SELECT search FROM saved_views",
    )
    assert sorted(left) == ["", "", "tag=vip&whose=all", "tag=vip&whose=mine", "whose=pool", "whose=pool"]


def views_saved_earlier(tenant_id: UUID, role: str) -> list[UserRow | SavedViewRow]:
    of = {"tenant_id": tenant_id}
    user = UserRow(**of, id=new_id(), email=f"{role}@ours.example", name=role, role=role, password_hash="")
    searches = (
        ("customers", "field=second%3A212+555+0177&tag=vip&text=Ann"),
        ("calls", "text=Ann"),
        ("customers", "whose=pool"),
    )
    views = [
        SavedViewRow(
            **of, id=new_id(), user_id=user.id, list=which, name=search, search=search, columns={}, shared=False
        )
        for which, search in searches
    ]
    return [user, *views]


def test_no_database_is_said_plainly() -> None:
    with pytest.raises(DatabaseUnavailableError) as raised:
        migrate("postgresql://someone:secret@127.0.0.1:1/callwright")
    assert "127.0.0.1:1, database callwright" in str(raised.value)
    assert "secret" not in str(raised.value)


async def test_no_database_is_said_plainly_by_a_session_too() -> None:
    database = Database("postgresql://someone:secret@127.0.0.1:1/callwright")
    with pytest.raises(DatabaseUnavailableError, match="database callwright does not answer"):
        await database.check()
    await database.close()
