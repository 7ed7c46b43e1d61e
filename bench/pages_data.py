"""What ``bench.pages`` looks at: ten companies, one of them with a million customers and three million calls.

One in fifty more was never called. Written straight into the tables, as the product would have left them after
ninety days: by the superuser, with references unchecked and the indexes built afterwards.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import psycopg
from bench.dialing_data import Prepared
from rich.console import Console

ROUNDS = 3
"""How often everybody was called, each time in another task."""
TABLES = ("customers", "task_customers", "attempts", "calls", "transcript_turns", "last_calls", "task_tallies")

BOOK = """
    CREATE TEMPORARY TABLE book AS
    SELECT n, uuidv7(interval '-90 days') AS id, '+861' || lpad((n * 7919 %% 9999999967)::text, 10, '0') AS phone,
           CASE WHEN n %% 2 = 0
               THEN substr('王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗', 1 + (n * 31 %% 20)::int, 1)
                 || substr('伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂', 1 + (n * 17 %% 24)::int, 1)
                 || substr('伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂', 1 + (n / 7 * 13 %% 24)::int, 1)
               ELSE (ARRAY['Ann','Bob','Carla','Dmitri','Eve','Frank','Grace','Hugo','Iris','Jon'])[1 + n %% 10]
                 || (ARRAY[' Miller',' Smith',' Okafor',' Tanaka',' Rossi',' Kim',' Larsen'])[1 + n / 10 %% 7]
                 || chr(97 + (n %% 26)::int) || chr(97 + (n / 26 %% 26)::int)
           END AS name
    FROM generate_series(1::bigint, %(customers)s * 102 / 100) AS n
"""
CALLED = """
    CREATE TEMPORARY TABLE called AS
    SELECT gen_random_uuid() AS entry, uuidv7(at - now()) AS attempt, uuidv7(at - now()) AS call,
           book.id AS customer, book.phone, n AS position, at, state,
           (%(tasks)s::uuid[])[1 + round * %(per_round)s + n %% %(per_round)s] AS task,
           CASE WHEN state = 'connected' THEN grade END AS grade,
           CASE WHEN state = 'connected' THEN 1000 + (n * 7907 + round * 13) %% 180000 ELSE 0 END AS talk_ms
    FROM generate_series(0, %(rounds)s - 1) AS round
    JOIN book ON n <= %(customers)s
    CROSS JOIN LATERAL (SELECT
        now() - interval '90 days' * (1 - (round + n::float / %(customers)s) / %(rounds)s) AS at,
        (ARRAY['connected', 'no_answer', 'busy', 'refused', 'unreachable', 'invalid_number', 'lost'])[
            1 + width_bucket((n * 104729 + round * 17) %% 1000, ARRAY[450, 750, 850, 930, 980, 998]::bigint[])
        ] AS state,
        (ARRAY['A', 'B', 'C', 'D', 'E', 'F'])[
            1 + width_bucket((n * 15485863 + round * 19) %% 100, ARRAY[3, 11, 31, 61, 86]::bigint[])
        ] AS grade
    ) AS what
"""
FILL = {
    "customers": """
        INSERT INTO customers (id, tenant_id, phone, name, fields, consent_note, tags)
        SELECT id, %(tenant)s, phone, name,
               jsonb_build_object(
                   'policy', 'P' || lpad((n - n %% 100 / 99)::text, 9, '0'), 'city', 'City ' || n %% 20
               ),
               '',
               CASE WHEN n %% 400 = 0 THEN ARRAY['often'] WHEN n %% 50000 = 1 THEN ARRAY['seldom'] ELSE '{}' END
                 || CASE WHEN n / 10 %% 5 = 0 THEN ARRAY['common'] ELSE '{}' END
                 || CASE WHEN n %% 10 BETWEEN 2 AND 4 THEN ARRAY['elsewhere'] ELSE '{}' END
                 || CASE WHEN n > %(customers)s THEN ARRAY['uncalled'] ELSE '{}' END
        FROM book
    """,
    "task_customers": """
        INSERT INTO task_customers (id, tenant_id, task_id, customer_id, variables, position, zones, state,
                                    last_phone_state, last_grade, last_talk_ms, last_called_at)
        SELECT entry, %(tenant)s, task, customer, '{"customer_name": "Maria", "last_visit": "April"}', position,
               'Asia/Shanghai', 'called', state, grade, talk_ms, at
        FROM called
    """,
    "attempts": """
        INSERT INTO attempts (id, tenant_id, task_id, line_id, task_customer_id, number, state, planned_at, region,
                              gate_verdict, gate_rule, gate_detail, claimed_at, dialled_at, ended_at, phone_state,
                              sip_reason)
        SELECT attempt, %(tenant)s, task, %(line)s, entry, 1, 'ended', at, 'CN', 'allow', 'all-clear', '{}', at, at,
               at, state, ''
        FROM called
    """,
    "calls": """
        INSERT INTO calls (id, tenant_id, attempt_id, task_id, customer_id, script_version_id, line_id, phone,
                           caller_number, sip_call_id, dialled_at, answered_at, ended_at, talk_ms, phone_state,
                           sip_reason, hung_up_by, interrupted, grade, grade_reasons, collected, path,
                           reply_ms, media)
        SELECT call, %(tenant)s, attempt, task, customer, %(version)s, %(line)s, phone, '+12125550100',
               attempt::text, at, CASE WHEN state = 'connected' THEN at + interval '9 s' END,
               at + interval '40 s', talk_ms, state, '', 'them', false, grade,
               '[{"rule": "interested", "quote": "yes, tell me more"}]', '{"time": "three"}',
               '[{"node": "greet", "kind": "ask", "title": "Greeting", "at_ms": 0}]', '[380, 410]', '{"lost": 0}'
        FROM called
    """,
    "transcript_turns": """
        INSERT INTO transcript_turns (id, tenant_id, call_id, number, who, from_ms, to_ms, text, interrupted)
        SELECT gen_random_uuid(), %(tenant)s, call, 1, 'ai', 0, 2000, 'Hello, this is the demo clinic.', false
        FROM called WHERE state = 'connected'
    """,
    "task_tallies": """
        INSERT INTO task_tallies (id, tenant_id, task_id, kind, key, amount, folded)
        SELECT gen_random_uuid(), %(tenant)s, task, kind, key, sum(amount), false FROM (
            SELECT task, 'customers' AS kind, 'called' AS key, 1 AS amount FROM called
            UNION ALL SELECT task, 'dialled', '', 1 FROM called
            UNION ALL SELECT task, 'ended', state, 1 FROM called
            UNION ALL SELECT task, 'graded', grade, 1 FROM called WHERE grade IS NOT NULL
            UNION ALL SELECT task, 'talk_ms', '', talk_ms FROM called
        ) AS counted
        GROUP BY task, kind, key
    """,
    "last_calls": """
        INSERT INTO last_calls (id, tenant_id, customer_id, call_id, called_at, phone_state, grade, calls)
        SELECT DISTINCT ON (customer) gen_random_uuid(), %(tenant)s, customer, call, at, state, grade, %(rounds)s
        FROM called ORDER BY customer, at DESC
    """,
}


@dataclass(frozen=True, slots=True)
class Company:
    """One company and how many customers it has; ``tasks`` are as many as a multiple of ``ROUNDS``."""

    made: Prepared
    tasks: Sequence[UUID]
    customers: int


def fill(url: str, companies: Sequence[Company]) -> None:
    """Write everything of the companies. ``url`` is a superuser's."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        with _without_indexes(connection):
            for company in companies:
                _fill(connection, company)
        connection.execute("VACUUM (ANALYZE, PARALLEL 0)")


def _fill(connection: psycopg.Connection, company: Company) -> None:
    version = connection.execute("SELECT script_version_id FROM tasks WHERE id = %s", [company.made.task_id])
    known = {
        "tenant": company.made.tenant_id,
        "line": company.made.line_id,
        "version": (version.fetchone() or [None])[0],
        "tasks": list(company.tasks),
        "per_round": len(company.tasks) // ROUNDS,
        "rounds": ROUNDS,
        "customers": company.customers,
    }
    began = time.monotonic()
    for statement in (BOOK, CALLED, *FILL.values()):
        connection.execute(statement, known)
    connection.execute("DROP TABLE book, called")
    Console(stderr=True).print(f"{company.customers:,} customers in {time.monotonic() - began:.0f} s")


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Leave the tables without indexes that only make reading quicker, and build them again."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conname = indexname)",
        [list(TABLES)],
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, definition in found:
        connection.execute(definition)
