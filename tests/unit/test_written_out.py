"""Values that stand in the statement, so that a prepared one may still use a partial index."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from callwright.db.tables.tasks import AttemptRow
from callwright.db.written_out import is_one_of
from callwright.dialing.attempt import IN_FLIGHT


def test_written_out_values_are_no_parameters() -> None:
    asked = select(AttemptRow.id).where(is_one_of(AttemptRow.state, IN_FLIGHT))
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    compiled = asked.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    assert "state IN ('claimed', 'connected', 'dialling', 'planned')" in compiled.string
    assert "%(" not in compiled.string
