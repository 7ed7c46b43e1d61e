"""What a script says, in a body: described as the script it should be, taken as it was sent.

A script that can't be read is told by its faults, each with node and field, as a file that can't be read is; so the
model reads it, not the route's parameter.
"""

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from callwright.dialogue.graph import Script
from callwright.dialogue.loading import brief_from, script_from
from callwright.dialogue.model.script import ModelScript


class _DescribedAsBrief:
    """In the API's description the type is the script itself."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(brief_from)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(ModelScript.__pydantic_core_schema__)


class _DescribedAsScript:
    """In the API's description the type is the script itself."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(script_from)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(Script.__pydantic_core_schema__)


ScriptContent = Annotated[Script, _DescribedAsScript]
ScriptBrief = Annotated[ModelScript, _DescribedAsBrief]
