"""What goes over the WebSocket."""

from typing import Literal
from uuid import UUID

from callwright.web.schemas.base import Response
from callwright.web.schemas.calls import CallSummary
from callwright.web.schemas.tasks import Progress


class Hello(Response):
    """The first message: the connection stands."""

    type: Literal["hello"] = "hello"


class TaskNews(Response):
    """A task changed."""

    type: Literal["task"] = "task"
    task_id: UUID
    progress: Progress


class CallNews(Response):
    """A call ended."""

    type: Literal["call"] = "call"
    call: CallSummary


class LineNews(Response):
    """A line stands otherwise than before, or its test call got on: ask for it."""

    type: Literal["line"] = "line"
    line_id: UUID


class ExportNews(Response):
    """The writing of a list to a file got on: ask for it."""

    type: Literal["export"] = "export"
    export_id: UUID


class ImportNews(Response):
    """The import of a file got on: ask for it."""

    type: Literal["import"] = "import"
    import_id: UUID


class WarningNews(Response):
    """A warning came up or was cleared: ask for yours."""

    type: Literal["warning"] = "warning"
