"""The knowledge base of a script as a spreadsheet."""

from pydantic import Field

from callwright.web.schemas.base import Response, RowFault
from callwright.web.schemas.scripts import ScriptDetail


class KnowledgeChange(Response):
    """What a file does to one question."""

    name: str = Field(description="The question's name in the script.")
    question: str = Field(examples=["Price"])
    is_new: bool
    new_wordings: list[str]
    answer_before: str | None = Field(description="Null for a question that is new.")
    answer: str
    next_before: str | None
    next: str | None


class KnowledgeImport(Response):
    """What a file changes."""

    rows: int
    changes: list[KnowledgeChange] = Field(
        description="Of questions that the file leaves as they are nothing is told."
    )
    failed: int = Field(description="Cells that are not taken.")
    failed_rows: int = Field(description="Rows with such a cell.")
    errors: list[RowFault] = Field(description="The first 200 of those cells.")
    script: ScriptDetail | None = Field(description="The script with them; null in a preview.")
