"""The job that tries a script on a crowd."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.crowds import repository
from callwright.crowds.schemas import KEPT, MARKS, OUTCOMES, REPORTS, Mode, kept, went_wrong
from callwright.crowds.service import JOBS
from callwright.db.jobs import Job, Tell, compute
from callwright.db.session import Database
from callwright.db.tables.crowds import CrowdConversationRow, CrowdRunRow
from callwright.db.tables.scripts import ScriptVersionRow
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import script_from
from callwright.kit.clock import Clock
from callwright.personas.comparing import outcome_of
from callwright.personas.conversation import Asked, Scores, Stage
from callwright.personas.crowd import Pair, Understand, play, stage_for
from callwright.personas.people import Wish, make_people
from callwright.personas.report import Report, report
from callwright.speech.port import IntentScore

READ_FIRST = 120
"""So many conversations that went wrong are kept, and of each wish so many that went well."""
OF_EACH_WISH = 8
CHANGED = "script-changed"


class Classifier(Protocol):
    """Sorts sentences that nobody said into a script's intents, many at once."""

    def classify_invented(
        self, texts: Sequence[str], examples: Mapping[str, Sequence[str]]
    ) -> list[list[IntentScore]]:
        """Return every intent with its score for each of ``texts``, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a crowd; ``pairs`` in the order of its people."""

    report: Report
    pairs: Sequence[Pair]


def crowd_job(database: Database, clock: Clock, classifier: Callable[[], Classifier]) -> Job:
    """Return the job. ``classifier`` loads the one to ask, when it is first needed."""

    async def run(tenant_id: UUID, key: UUID) -> None:
        async with database.tenant(tenant_id) as session:
            begun = await begin(session, key, clock)
        if begun is None:
            return
        row, content = begun

        async def note(done: float) -> bool:
            async with database.tenant(tenant_id) as session:
                return await repository.move(session, key, progress=done)

        played = await compute(lambda tell: play_crowd(content, row, classifier(), tell), note)
        if played is not None:
            async with database.tenant(tenant_id) as session:
                await keep(session, key, played, clock)

    return Job(JOBS[Mode.TEXT], run, failing(database, clock))


async def begin(session: AsyncSession, key: UUID, clock: Clock) -> tuple[CrowdRunRow, Mapping[str, object]] | None:
    """Return a crowd that begins now and what its script says; nothing where it was called off, or can't be."""
    if not await repository.move(session, key, state="running", progress=0.0):
        return None
    row = await session.get_one(CrowdRunRow, key)
    version = await session.get_one(ScriptVersionRow, row.script_version_id)
    if await repository.get_hash(session, version.id) != row.content_sha256:
        await repository.move(session, key, state="failed", failure=CHANGED, ended_at=clock.now())
        return None
    return row, version.content


def failing(database: Database, clock: Clock) -> Callable[[UUID, UUID, str], Awaitable[None]]:
    """Return what notes that a crowd was given up, and why."""

    async def fail(tenant_id: UUID, key: UUID, why: str) -> None:
        async with database.tenant(tenant_id) as session:
            await repository.move(session, key, state="failed", failure=why, ended_at=clock.now())

    return fail


def play_crowd(content: Mapping[str, object], row: CrowdRunRow, classifier: Classifier, tell: Tell) -> Played:
    """Return what a crowd shows of a script. Takes seconds to minutes of computing."""
    dialogue = GraphDialogue(script_from(content))
    stage = stage_for(dialogue)
    people = make_people(row.seed, row.people)
    pairs: list[Pair] = []
    for pair in play(stage, people, understanding(stage, classifier, tell, lambda: len(pairs) / row.people)):
        pairs.append(pair)
    pairs.sort(key=lambda pair: pair.heard.persona.number)
    marks = MARKS.validate_python(row.marks)
    return Played(report(dialogue.script, pairs, marks, stage.wordings.untestable), pairs)


def understanding(stage: Stage, classifier: Classifier, tell: Tell, done: Callable[[], float]) -> Understand:
    """Return how a round of sentences is understood: each fold by the classifier that never learned it."""

    def understand(asked: Sequence[Asked]) -> list[Scores]:
        by_fold: defaultdict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(asked):
            by_fold[one.fold].append(place)
        answers: list[Scores] = [()] * len(asked)
        for fold, places in by_fold.items():
            tell(done())
            texts = [asked[place].text for place in places]
            for place, scores in zip(
                places, classifier.classify_invented(texts, stage.wordings.taught(fold)), strict=True
            ):
                answers[place] = tuple((score.intent, score.score) for score in scores)
        return answers

    return understand


async def keep(session: AsyncSession, key: UUID, played: Played, clock: Clock) -> None:
    """Keep what came of a crowd, unless it was called off meanwhile."""
    outcomes = tuple(outcome_of(pair) for pair in played.pairs)
    done = await repository.move(
        session,
        key,
        state="done",
        progress=1.0,
        ended_at=clock.now(),
        passed=played.report.verdict.passed,
        report=REPORTS.dump_python(played.report, mode="json"),
        outcomes=OUTCOMES.dump_python(outcomes, mode="json"),
    )
    if not done:
        return
    await session.execute(delete(CrowdConversationRow).where(CrowdConversationRow.crowd_run_id == key))
    session.add_all(
        CrowdConversationRow(
            crowd_run_id=key,
            number=pair.heard.persona.number,
            wish=pair.heard.persona.wish.value,
            went_wrong=went_wrong(pair),
            content=KEPT.dump_python(kept(pair), mode="json"),
        )
        for pair in worth_reading(played)
    )


def worth_reading(played: Played) -> list[Pair]:
    """Return the conversations to keep: those that the report names, those that went wrong, some of each wish."""
    told = played.report
    named = {*told.unheeded, *(pair.person for pair in told.grades)}
    named |= {one.person for confusion in told.confusions for one in confusion.said[:3]}
    chosen = {pair.heard.persona.number: pair for pair in played.pairs if pair.heard.persona.number in named}
    wrong = [pair for pair in played.pairs if went_wrong(pair)][:READ_FIRST]
    well = [
        pair
        for wish in Wish
        for pair in [one for one in played.pairs if one.heard.persona.wish is wish and not went_wrong(one)][
            :OF_EACH_WISH
        ]
    ]
    chosen |= {pair.heard.persona.number: pair for pair in (*wrong, *well)}
    return list(chosen.values())
