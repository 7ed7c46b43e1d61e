"""Script versions ready to be played, kept for every call of a node."""

import asyncio
from collections import OrderedDict
from uuid import UUID

from callwright.db.session import Database
from callwright.dialogue.playing import AnyDialogue, dialogue_of
from callwright.scripts.service import get_graph

MOST = 100


class Dialogues:
    """The script versions used last; a version never changes, so that one is read once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._one = asyncio.Lock()
        self._kept: OrderedDict[UUID, AnyDialogue] = OrderedDict()

    async def get(self, tenant_id: UUID, version_id: UUID) -> AnyDialogue:
        """Return a version of a tenant's script, ready to be played. Raises NotFoundError, ScriptInvalidError."""
        if version_id not in self._kept:
            await self._read(tenant_id, version_id)
        dialogue = self._kept[version_id]
        self._kept.move_to_end(version_id)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return dialogue

    async def _read(self, tenant_id: UUID, version_id: UUID) -> None:
        # A task begins with as many calls at once as a node holds, and one of them reads its script for all.
        async with self._one:
            if version_id not in self._kept:
                async with self._database.tenant(tenant_id) as session:
                    self._kept[version_id] = dialogue_of(await get_graph(session, version_id), sends=True)
