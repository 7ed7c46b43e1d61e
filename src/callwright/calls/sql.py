"""Statements over whole batches of calls: one JSON array of rows goes in, whatever the number of calls.

The call nodes run them across tenants, under the system's role.
"""

from sqlalchemy import text

OPEN = text("""
    INSERT INTO calls (id, tenant_id, attempt_id, task_id, customer_id, script_version_id, line_id, phone,
                       caller_number, dialled_at, sip_call_id, talk_ms, sip_reason, interrupted, grade_reasons,
                       collected, path, reply_ms, media)
    SELECT id, tenant_id, attempt_id, task_id, customer_id, script_version_id, line_id, phone,
           caller_number, dialled_at, '', 0, '', false, '[]', '{}', '[]', '[]', '{}'
    FROM jsonb_to_recordset(CAST(:calls AS jsonb)) AS given (
        id uuid, tenant_id uuid, attempt_id uuid, task_id uuid, customer_id uuid, script_version_id uuid,
        line_id uuid, phone text, caller_number text, dialled_at timestamptz
    )
""")
# In the order of their ids, so that whoever notes something and whoever closes never wait for one another.
LOCK = text("""
    SELECT id, tenant_id, task_id, attempt_id, customer_id, phone, ended_at IS NOT NULL
    FROM calls WHERE attempt_id = ANY (CAST(:attempts AS uuid[])) ORDER BY id FOR UPDATE
""")
CLOSE = text("""
    UPDATE calls
    SET interrupted = given.interrupted, sip_call_id = given.sip_call_id, dialled_at = given.dialled_at,
        ringing_at = given.ringing_at, answered_at = given.answered_at, ended_at = given.ended_at,
        talk_ms = given.talk_ms, phone_state = given.phone_state, hung_up_by = given.hung_up_by,
        sip_code = given.sip_code, sip_reason = given.sip_reason, grade = given.grade,
        grade_reasons = given.grade_reasons, collected = given.collected, path = given.path,
        answer_to_audio_ms = given.answer_to_audio_ms, reply_ms = given.reply_ms, media = given.media,
        recording_key = given.recording
    FROM jsonb_to_recordset(CAST(:calls AS jsonb)) AS given (
        attempt_id uuid, interrupted boolean, sip_call_id text, dialled_at timestamptz, ringing_at timestamptz,
        answered_at timestamptz, ended_at timestamptz, talk_ms integer, phone_state text, hung_up_by text,
        sip_code integer, sip_reason text, grade text, grade_reasons jsonb, collected jsonb, path jsonb,
        answer_to_audio_ms integer, reply_ms jsonb, media jsonb, recording text
    )
    WHERE calls.attempt_id = given.attempt_id
""")
# In the order of their customers, so that no two nodes wait for one another. Of two calls the one that was dialled
# later is the latest, whichever is written down first.
NOTE_LAST = text("""
    INSERT INTO last_calls AS known (id, tenant_id, customer_id, call_id, called_at, phone_state, grade, calls)
    SELECT DISTINCT ON (person) gen_random_uuid(), tenant_id, person, id, dialled_at, phone_state, grade,
           count(*) OVER (PARTITION BY person)
    FROM (
        SELECT calls.*, coalesce(customers.merged_into, customers.id) AS person
        FROM calls JOIN customers ON customers.id = calls.customer_id
        WHERE calls.id = ANY (CAST(:calls AS uuid[]))
    ) AS ended
    ORDER BY person, dialled_at DESC
    ON CONFLICT (customer_id) DO UPDATE
    SET calls = known.calls + excluded.calls,
        (call_id, called_at, phone_state, grade) = (
            SELECT * FROM (VALUES (excluded.call_id, excluded.called_at, excluded.phone_state, excluded.grade),
                                  (known.call_id, known.called_at, known.phone_state, known.grade))
                AS either (call_id, called_at, phone_state, grade)
            ORDER BY called_at DESC LIMIT 1
        )
""")
FORGET_TURNS = text("DELETE FROM transcript_turns WHERE call_id = ANY (CAST(:calls AS uuid[]))")
ADD_TURNS = text("""
    INSERT INTO transcript_turns (id, tenant_id, call_id, number, who, from_ms, to_ms, text, intent, score,
                                  interrupted)
    SELECT id, tenant_id, call_id, number, who, from_ms, to_ms, text, intent, score, interrupted
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (
        id uuid, tenant_id uuid, call_id uuid, number integer, who text, from_ms integer, to_ms integer, text text,
        intent text, score double precision, interrupted boolean
    )
""")
ADD_EVENTS = text("""
    INSERT INTO call_events (id, tenant_id, call_id, number, at_ms, kind, data)
    SELECT id, tenant_id, call_id, number, at_ms, kind, data
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (
        id uuid, tenant_id uuid, call_id uuid, number integer, at_ms integer, kind text, data jsonb
    )
""")
