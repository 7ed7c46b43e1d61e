"""No person is still to be called under two numbers in a task whose numbers were merged before 0050 saw to that.

Revision: 0055, after 0054.
"""

from alembic import op

from callwright.db import roles

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

NUMBERS = """
    WITH numbers AS (
        SELECT id, merged_into AS person FROM customers WHERE merged_into IS NOT NULL
        UNION
        SELECT merged_into, merged_into FROM customers WHERE merged_into IS NOT NULL
    )
"""
# Nobody is planned in between who would be called beside the other.
HOLD = f"""
    {NUMBERS}
    SELECT entry.id FROM task_customers AS entry JOIN numbers ON numbers.id = entry.customer_id
    WHERE entry.state IN ('uncalled', 'waiting', 'calling')
      AND entry.task_id IN (SELECT id FROM tasks WHERE state <> 'finished')
    ORDER BY entry.id FOR NO KEY UPDATE OF entry
"""  # noqa: S608 - made of constants alone
# Who stays, as when customers are merged: dialing/one_person.py.
TAKE_OUT = f"""
    {NUMBERS},
    places AS (
        SELECT entry.id, row_number() OVER (
            PARTITION BY entry.task_id, numbers.person
            ORDER BY entry.state = 'calling' DESC, entry.last_called_at IS NOT NULL DESC,
                     entry.customer_id = numbers.person DESC, entry.position, entry.id
        ) AS place
        FROM task_customers AS entry JOIN numbers ON numbers.id = entry.customer_id
        WHERE entry.state IN ('uncalled', 'waiting', 'calling')
          AND entry.task_id IN (SELECT id FROM tasks WHERE state <> 'finished')
    )
    UPDATE task_customers AS entry
    SET state = CASE WHEN entry.last_called_at IS NULL THEN 'withdrawn' ELSE 'called' END, due_at = NULL,
        taken_out_by = NULL, due_before = NULL, taken_out_why = 'same-person'
    FROM places
    WHERE places.id = entry.id AND places.place > 1 AND entry.state IN ('uncalled', 'waiting')
"""  # noqa: S608 - made of constants alone


def upgrade() -> None:
    """Apply."""
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute(HOLD)
    op.execute(TAKE_OUT)
    op.execute("RESET ROLE")


def downgrade() -> None:
    """Take back: whoever was taken out stays out, and can be put back by hand."""
