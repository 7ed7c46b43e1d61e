"""The lines as this node's phone engine knows them: set up, kept in step, and how they stand written down."""

import asyncio
from uuid import UUID

import structlog
from sqlalchemy.exc import IntegrityError

from callwright.callroom.outage import repeat
from callwright.db.session import Database
from callwright.db.tables.lines import LineRow
from callwright.kit.errors import CallwrightError
from callwright.kit.secrets import SecretBox
from callwright.lines.service import list_lines, to_trunk, trunk_name
from callwright.lines.status import forget_ended_nodes, set_status
from callwright.telephony.port import PhoneEngine, Trunk, TrunkState, TrunkStatus

log = structlog.get_logger(__name__)

MOST_LINES = 10_000


class LineBook:
    """Every line of the installation, as of the last look, which is at most ``look_s`` ago."""

    def __init__(self, database: Database, engine: PhoneEngine, box: SecretBox, *, look_s: float) -> None:
        self._database = database
        self._engine = engine
        self._box = box
        self._look_s = look_s
        self._lines: dict[UUID, LineRow] = {}
        self._trunks: dict[UUID, Trunk] = {}
        self._written: dict[UUID, TrunkStatus] = {}
        self._faults: dict[UUID, str] = {}
        self._node_id: UUID | None = None
        self._one = asyncio.Lock()

    async def known_as(self, node_id: UUID) -> None:
        """Write down what is seen under this node's identity from now on, beginning with this moment."""
        async with self._one:
            self._node_id = node_id
            self._written.clear()
        async with self._database.system() as session:
            await forget_ended_nodes(session)
        # Over a line that no living node has seen, nobody is called.
        await self.look()

    async def get(self, line_id: UUID) -> LineRow | None:
        """Return a line, looked up anew where it is not known. Raises DatabaseUnavailableError."""
        if line_id not in self._lines:
            await self.look()
        return self._lines.get(line_id)

    async def keep_in_step(self) -> None:
        """Look every ``look_s``, for ever; a database that is away is waited for."""
        await repeat("lines", self.look, every_s=self._look_s)

    async def look(self) -> None:
        """Bring the engine in step with the lines, and the lines with what the engine sees."""
        async with self._one:
            async with self._database.system() as session:
                lines = {line.id: line for line in await list_lines(session, limit=MOST_LINES)}
            for line_id in self._trunks.keys() - lines.keys():
                await self._engine.remove_trunk(trunk_name(line_id))
                del self._trunks[line_id]
            self._lines = lines
            for line in lines.values():
                await self._look_at(line)

    async def _look_at(self, line: LineRow) -> None:
        try:
            trunk = to_trunk(line, self._box)
            if self._trunks.get(line.id) != trunk:
                await self._engine.set_trunk(trunk)
                self._trunks[line.id] = trunk
            seen = self._engine.status(trunk.name)
            self._faults.pop(line.id, None)
        except CallwrightError as error:
            # Calls over it end as faults of this line, which is what it is.
            if self._faults.get(line.id) != str(error):
                log.warning("line can't be used", line=str(line.id), why=str(error))
            self._faults[line.id] = str(error)
            seen = TrunkStatus(trunk_name(line.id), TrunkState.REFUSED, None, str(error))
        if seen is not None:
            await self._write(line, seen)

    async def _write(self, line: LineRow, seen: TrunkStatus) -> None:
        if self._node_id is None or self._written.get(line.id) == seen:
            return
        try:
            async with self._database.tenant(line.tenant_id) as session:
                await set_status(session, self._node_id, line, seen)
        except IntegrityError:
            return  # the line was deleted at this moment
        self._written[line.id] = seen
