"""Moves of customers between the API and the services."""

from callwright.moving.schemas import MoveView
from callwright.web.schemas.base import Named
from callwright.web.schemas.moves import Move


def a_move(view: MoveView) -> Move:
    """Show a move."""
    row = view.row
    shown = {name: getattr(row, name) for name in Move.model_fields.keys() & set(dir(row))}
    to_task = None if row.to_task_id is None else Named(id=row.to_task_id, name=view.to_task_name or "")
    return Move.model_validate(
        shown
        | {
            "task": Named(id=row.task_id, name=view.task_name),
            "to_task": to_task,
            "asked_by": view.asked_by,
            "asked_at": row.created_at,
            "failure": row.failure or None,
            "undo_until": view.undo_until,
        }
    )
