"""What the script services hand out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from callwright.db.tables.scripts import ScriptRow, ScriptVersionRow
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph import Script
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.writing import write_script
from callwright.scripts.errors import DrawnError, NotDrawnError


class ChangeKind(StrEnum):
    """What was done to a script."""

    CREATED = "created"
    SAVED = "saved"
    RESTORED = "restored"
    DRAFT_DELETED = "draft_deleted"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    RENAMED = "renamed"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    DELETED = "deleted"


def source_of(version: ScriptVersionRow, name: str) -> str:
    """Return a version as YAML: as it was written, unless the script has another name since."""
    script = any_script_from(version.content)
    return version.source if script.name == name else write_script(script.model_copy(update={"name": name}))


@dataclass(frozen=True)
class ScriptView:
    """A script: ``current`` is its draft or, without one, the published version. ``changed_by`` is a name."""

    script: ScriptRow
    current: ScriptVersionRow
    published: ScriptVersionRow | None
    versions: int
    changed_by: str | None

    @property
    def id(self) -> UUID:
        """The script's identity."""
        return self.script.id

    @property
    def name(self) -> str:
        """The script's name."""
        return self.script.name

    @property
    def revision(self) -> int:
        """How often it was changed."""
        return self.script.revision

    @property
    def archived(self) -> bool:
        """Whether it is put away."""
        return self.script.archived_at is not None

    @property
    def draft(self) -> ScriptVersionRow | None:
        """The version being written."""
        return self.current if self.current.number == self.script.draft_number else None

    @cached_property
    def graph(self) -> AnyScript:
        """What the current version says, under the script's name."""
        return any_script_from(self.current.content).model_copy(update={"name": self.name})

    @property
    def drawn(self) -> Script:
        """The graph of the current version, under the script's name. Raises NotDrawnError where it has none."""
        if isinstance(self.graph, Script):
            return self.graph
        raise NotDrawnError(name=self.name)

    @property
    def brief(self) -> ModelScript:
        """The brief of the current version, under the script's name. Raises DrawnError where it is a graph."""
        if isinstance(self.graph, ModelScript):
            return self.graph
        raise DrawnError(name=self.name)

    @property
    def source(self) -> str:
        """The current version as YAML."""
        return source_of(self.current, self.name)


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of a script with the names of its people."""

    version: ScriptVersionRow
    script: ScriptRow
    changed_by: str | None
    published_by: str | None

    @property
    def graph(self) -> AnyScript:
        """What it says, under the script's name."""
        return any_script_from(self.version.content).model_copy(update={"name": self.script.name})

    @property
    def source(self) -> str:
        """It as YAML."""
        return source_of(self.version, self.script.name)

    @property
    def is_draft(self) -> bool:
        """Whether it is the one being written."""
        return self.version.number == self.script.draft_number

    @property
    def is_published(self) -> bool:
        """Whether new tasks play it."""
        return self.version.number == self.script.published_number


@dataclass(frozen=True, slots=True)
class Change:
    """Something done to a script. ``made_by`` is a name; none for what the house did by itself."""

    id: UUID
    at: datetime
    kind: ChangeKind
    number: int | None
    made_by: str | None
    note: str
