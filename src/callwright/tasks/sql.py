"""Statements over whole batches of attempts and customers, where one row at a time would be many times as slow.

Arrays go in, sets come out; the leader and the call nodes run them across tenants, under the system's role.
"""

from sqlalchemy import text

# One walk along the index for each time zone: those of a zone that sleeps are never passed over one by one.
_DUE = """
    SELECT entry.id, book.phone
    FROM unnest(CAST(:zones AS text[])) AS open (zones)
    CROSS JOIN LATERAL (
        SELECT id, customer_id, due_at FROM task_customers
        WHERE task_id = :task AND state = 'waiting' AND zones = open.zones AND due_at <= :now
        ORDER BY due_at LIMIT :limit {lock}
    ) AS entry
    JOIN customers AS book ON book.id = entry.customer_id
    ORDER BY entry.due_at LIMIT :limit
"""
_NEXT = """
    SELECT entry.id, book.phone
    FROM unnest(CAST(:zones AS text[])) AS open (zones)
    CROSS JOIN LATERAL (
        SELECT id, customer_id, position FROM task_customers
        WHERE task_id = :task AND state = 'uncalled' AND zones = open.zones
        ORDER BY position LIMIT :limit {lock}
    ) AS entry
    JOIN customers AS book ON book.id = entry.customer_id
    ORDER BY entry.position LIMIT :limit
"""
DUE_CUSTOMERS, NEXT_CUSTOMERS = text(_DUE.format(lock="")), text(_NEXT.format(lock=""))
# Those whom nobody holds. A lock is written to the disk for each, which is too much for every look.
_FREE = "FOR NO KEY UPDATE SKIP LOCKED"
DUE_AND_FREE, NEXT_AND_FREE = text(_DUE.format(lock=_FREE)), text(_NEXT.format(lock=_FREE))
NEXT_DUE = text("""
    SELECT min(first.due_at)
    FROM task_zones CROSS JOIN LATERAL (
        SELECT due_at FROM task_customers
        WHERE task_id = :task AND state = 'waiting' AND zones = task_zones.zones AND due_at > :now
        ORDER BY due_at LIMIT 1
    ) AS first
    WHERE task_zones.task_id = :task
""")
# Whoever was removed or set aside since being looked up gets no attempt, nor whoever is being changed at this
# moment: an import may hold a hundred thousand, and the leader, who plans for everybody, waits for nobody.
PLAN = text("""
    WITH chosen AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:customers AS uuid[]), CAST(:lines AS uuid[]),
                             CAST(:regions AS text[])) AS given (id, customer, line, region)
    ), free AS MATERIALIZED (
        SELECT entry.id FROM task_customers AS entry JOIN chosen ON chosen.customer = entry.id
        WHERE entry.state IN ('uncalled', 'waiting')
        FOR NO KEY UPDATE OF entry SKIP LOCKED
    ), called AS (
        UPDATE task_customers AS entry SET state = 'calling', due_at = NULL
        FROM free
        WHERE entry.id = free.id
        RETURNING entry.id, entry.task_id, entry.tenant_id
    )
    INSERT INTO attempts (id, tenant_id, task_id, line_id, task_customer_id, number, state, planned_at,
                          region, sip_reason, gate_rule, gate_detail)
    SELECT chosen.id, called.tenant_id, called.task_id, chosen.line, called.id,
           1 + coalesce((SELECT max(number) FROM attempts WHERE task_customer_id = called.id), 0),
           'planned', :now, chosen.region, '', '', '{}'
    FROM called JOIN chosen ON chosen.customer = called.id
    RETURNING tenant_id, task_id, task_customer_id
""")
CLAIM = text("""
    WITH due AS (
        SELECT id FROM attempts WHERE state = 'planned' ORDER BY planned_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE attempts SET state = 'claimed', node_id = :node, claimed_at = :now
        FROM due WHERE attempts.id = due.id
        RETURNING attempts.id, attempts.tenant_id, attempts.task_id, attempts.task_customer_id, attempts.line_id,
                  attempts.planned_at
    )
    SELECT claimed.id, claimed.tenant_id, claimed.task_id, claimed.task_customer_id, entry.customer_id,
           coalesce(arm.script_version_id, tasks.script_version_id), claimed.line_id, book.phone, entry.variables,
           tasks.hold_s, tasks.redial,
           (SELECT count(*) FROM attempts AS earlier
            WHERE earlier.task_customer_id = entry.id AND earlier.phone_state = 'technical_fault') AS faults
    FROM claimed
    JOIN task_customers AS entry ON entry.id = claimed.task_customer_id
    JOIN tasks ON tasks.id = claimed.task_id
    LEFT JOIN task_arms AS arm ON arm.id = entry.arm_id
    JOIN customers AS book ON book.id = entry.customer_id
    ORDER BY claimed.planned_at, claimed.id
""")
# Locked in the order of their ids, as everywhere, so that no two nodes wait for one another; and not against a seat
# being taken, which refers to the attempt.
LOCK_ATTEMPTS = text("""
    SELECT id, tenant_id, task_id, task_customer_id, line_id, region, state, node_id, dialled_at, connected_at
    FROM attempts WHERE id = ANY (CAST(:ids AS uuid[])) ORDER BY id FOR NO KEY UPDATE
""")
MARK = text("""
    UPDATE attempts
    SET state = given.state, dialled_at = given.dialled_at, ended_at = given.ended_at,
        gate_verdict = given.verdict, gate_rule = given.rule, gate_until = given.until,
        gate_detail = given.detail::jsonb
    FROM unnest(CAST(:ids AS uuid[]), CAST(:states AS text[]), CAST(:dialled AS timestamptz[]),
                CAST(:ended AS timestamptz[]), CAST(:verdicts AS text[]), CAST(:rules AS text[]),
                CAST(:untils AS timestamptz[]), CAST(:details AS text[]))
        AS given (id, state, dialled_at, ended_at, verdict, rule, until, detail)
    WHERE attempts.id = given.id
""")
END = text("""
    UPDATE attempts
    SET state = 'ended', ended_at = given.ended_at, phone_state = given.phone_state, sip_code = given.sip_code,
        sip_reason = given.sip_reason
    FROM unnest(CAST(:ids AS uuid[]), CAST(:ended AS timestamptz[]), CAST(:states AS text[]),
                CAST(:codes AS int[]), CAST(:reasons AS text[]))
        AS given (id, ended_at, phone_state, sip_code, sip_reason)
    WHERE attempts.id = given.id
""")
SET_CUSTOMERS = text("""
    UPDATE task_customers AS entry SET state = given.state, due_at = given.due_at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:states AS text[]), CAST(:dues AS timestamptz[]))
        AS given (id, state, due_at)
    WHERE entry.id = given.id
""")
# One whose state is left open stays where it was put when its node was taken for dead.
END_CUSTOMERS = text("""
    UPDATE task_customers AS entry
    SET state = coalesce(given.state, entry.state),
        due_at = CASE WHEN given.state IS NULL THEN entry.due_at ELSE given.due_at END,
        (last_phone_state, last_grade, last_talk_ms, last_called_at) = (
            SELECT * FROM (VALUES (given.phone_state, given.grade, given.talk_ms, given.dialled_at),
                                  (entry.last_phone_state, entry.last_grade, entry.last_talk_ms,
                                   entry.last_called_at))
                AS either (phone_state, grade, talk_ms, dialled_at)
            ORDER BY dialled_at DESC NULLS LAST LIMIT 1
        )
    FROM unnest(CAST(:ids AS uuid[]), CAST(:states AS text[]), CAST(:dues AS timestamptz[]),
                CAST(:phone_states AS text[]), CAST(:grades AS text[]), CAST(:talk_ms AS integer[]),
                CAST(:dialled AS timestamptz[]))
        AS given (id, state, due_at, phone_state, grade, talk_ms, dialled_at)
    WHERE entry.id = given.id
""")
# How many diallings of each customer ended how so far.
OUTCOMES = text("""
    SELECT task_customer_id, phone_state, count(*) FROM attempts
    WHERE task_customer_id = ANY (CAST(:customers AS uuid[])) AND phone_state IS NOT NULL
    GROUP BY task_customer_id, phone_state
""")
FREE_FORGOTTEN_SEATS = text("""
    UPDATE reserved_seats SET attempt_id = NULL WHERE id IN (
        SELECT seat.id FROM reserved_seats AS seat JOIN attempts ON attempts.id = seat.attempt_id
        WHERE attempts.state IN ('ended', 'interrupted')
        FOR UPDATE OF seat SKIP LOCKED
    )
""")
NO_WAIT_FOR_DISK = text("SET LOCAL synchronous_commit = off")
# As many free seats of each task as are asked for, whoever else looks for some at this moment. Who has one already,
# as the news of it was lost, keeps it.
TAKE_SEATS = text("""
    WITH asked AS MATERIALIZED (
        SELECT task, attempt, row_number() OVER (PARTITION BY task) AS place
        FROM unnest(CAST(:tasks AS uuid[]), CAST(:attempts AS uuid[])) AS given (task, attempt)
        WHERE NOT EXISTS (SELECT FROM reserved_seats WHERE attempt_id = given.attempt)
    ), free AS MATERIALIZED (
        SELECT wishes.task, seat.id, row_number() OVER (PARTITION BY wishes.task) AS place
        FROM (SELECT task, count(*) AS wanted FROM asked GROUP BY task) AS wishes
        CROSS JOIN LATERAL (
            SELECT id FROM reserved_seats WHERE task_id = wishes.task AND attempt_id IS NULL
            LIMIT wishes.wanted FOR UPDATE SKIP LOCKED
        ) AS seat
    ), taken AS (
        UPDATE reserved_seats AS seat SET attempt_id = asked.attempt
        FROM asked JOIN free USING (task, place) WHERE seat.id = free.id
        RETURNING seat.attempt_id
    )
    SELECT attempt_id FROM taken
    UNION SELECT attempt_id FROM reserved_seats WHERE attempt_id = ANY (CAST(:attempts AS uuid[]))
""")
# Of the seats that their tasks leave, one stays for everybody whose telephone rings, who may yet answer. One that
# somebody takes or drops at this moment is passed over: the leader comes by again.
DROP_SEATS = text("""
    DELETE FROM reserved_seats WHERE id IN (
        SELECT seat.id
        FROM reserved_seats AS seat JOIN (
            SELECT id, task_id, row_number() OVER (PARTITION BY task_id ORDER BY id) AS place
            FROM reserved_seats WHERE leaving AND attempt_id IS NULL
        ) AS free ON free.id = seat.id
        WHERE seat.leaving AND seat.attempt_id IS NULL AND free.place > (
            SELECT count(*) FROM attempts
            WHERE attempts.task_id = free.task_id AND attempts.state IN ('dialling', 'connected')
              AND NOT EXISTS (SELECT FROM reserved_seats WHERE attempt_id = attempts.id)
        )
        FOR UPDATE OF seat SKIP LOCKED
    )
""")
# In the order of their ids, so that whoever frees some and whoever lets a task's go never wait for one another.
LOCK_SEATS = text("""
    SELECT FROM reserved_seats WHERE task_id = ANY (CAST(:tasks AS uuid[])) ORDER BY id FOR UPDATE
""")
FREE_SEATS = text("""
    UPDATE reserved_seats SET attempt_id = NULL WHERE id IN (
        SELECT id FROM reserved_seats WHERE attempt_id = ANY (CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE
    )
""")
