"""Scripts and their versions."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph import Script
from callwright.dialogue.model.script import ModelScript
from callwright.kit.script_size import MOST_CHARACTERS
from callwright.web.schemas.base import Line, Moment, Number, Request, Response, Revision, ScriptFault
from callwright.web.schemas.script_content import ScriptBrief, ScriptContent


class ScriptVariable(Response):
    """What a script must know of a customer: a column of the import."""

    name: str = Field(examples=["last_visit"])
    label: str = Field(examples=["Last visit"])
    required: bool
    example: str = Field(examples=["last April"])


class PublishedVersion(Response):
    """The version that new tasks use."""

    id: UUID
    number: int
    published_at: Moment


class DraftVersion(Response):
    """The version that is being written."""

    id: UUID
    number: int


class ScriptOut(Response):
    """A script, by its current version: the draft or, without one, the published version."""

    id: UUID
    name: str = Field(examples=["Check-up reminder"])
    engine: Literal["1.0", "2.0"] = Field(description="Played as a graph, or spoken by a language model.")
    language: str = Field(examples=["en"])
    versions: int = Field(description="How many versions there are.")
    published: PublishedVersion | None
    draft: DraftVersion | None
    variables: list[ScriptVariable]
    grades: list[str] = Field(examples=[["A", "B", "C", "D", "E", "F"]])
    revision: int = Field(description="Counts its changes: who changes it names the one they saw.")
    changed_at: Moment
    changed_by: str | None = Field(description="A person's name.")
    archived: bool = Field(description="Put away: no task is made of it.")


class ScriptDetail(ScriptOut):
    """A script with what its current version says and what keeps that from being published."""

    source: str = Field(description="YAML: as it was uploaded, or as what was drawn reads.")
    content: Script | None = Field(description="For engine 1.0: the graph.")
    brief: ModelScript | None = Field(description="For engine 2.0: what a language model is told.")
    faults: list[ScriptFault]


class NewScript(Request):
    """A script's source; of a name that exists it becomes that script's next version, as a draft."""

    name: Line | None = Field(None, min_length=1, max_length=200, description="Else the name inside the source.")
    source: str = Field(description=f"YAML, of at most {MOST_CHARACTERS:,} characters.")


class _OneScript(Request):
    """A script for either engine: `content` for 1.0, `brief` for 2.0."""

    content: ScriptContent | None = None
    brief: ScriptBrief | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.content is None) is (self.brief is None):
            raise ValueError("give either content or brief")
        return self

    @property
    def script(self) -> AnyScript:
        """The one that was given."""
        if self.content is not None:
            return self.content
        assert self.brief is not None
        return self.brief


class ScriptDraft(_OneScript):
    """What the draft shall say. Its `name` is the script's, whatever stands there."""

    revision: Revision = Field(
        description="The `revision` that was changed; another one is refused as stale-revision."
    )


class ScriptToCheck(_OneScript):
    """A script that isn't kept."""


class CheckedScript(Response):
    """What keeps a script from being published; nothing, when it may be."""

    faults: list[ScriptFault]


class ScriptPublication(Request):
    """Which version to publish."""

    number: Number | None = Field(None, description="An earlier version, to go back to; else the draft.")
    note: Line = Field("", max_length=500, examples=["Asks for the day first"])
    revision: Revision | None = Field(
        None, description="Where given, refused as stale-revision if it isn't that any more."
    )


class ScriptRestoring(Request):
    """Upon what a version is brought back."""

    revision: Revision


class ScriptChanges(Request):
    """What to change of a script as a thing."""

    name: Line | None = Field(None, min_length=1, max_length=200)
    archived: bool | None = None


class ScriptCopy(Request):
    """The name of a copy."""

    name: Line = Field(min_length=1, max_length=200)


class ScriptVersion(Response):
    """A version of a script."""

    id: UUID
    number: int
    draft: bool = Field(description="It is being written.")
    current: bool = Field(description="New tasks play it.")
    changed_at: Moment
    changed_by: str | None
    published_at: Moment | None = Field(description="When it was first published.")
    published_by: str | None
    note: str


class ScriptVersionDetail(ScriptVersion):
    """A version with what it says."""

    source: str
    content: Script | None = Field(description="For engine 1.0: the graph.")
    brief: ModelScript | None = Field(description="For engine 2.0: what a language model is told.")
    faults: list[ScriptFault]


class ScriptChange(Response):
    """Something that was done to a script."""

    id: UUID
    at: Moment
    kind: Literal[
        "created",
        "saved",
        "restored",
        "draft_deleted",
        "published",
        "rolled_back",
        "renamed",
        "archived",
        "unarchived",
        "deleted",
    ]
    number: int | None = Field(description="The version that it made or changed.")
    made_by: str | None = Field(description="A person's name; null for what Callwright did by itself.")
    note: str
