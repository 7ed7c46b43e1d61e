"""What the parts of a script are made of: names, words, and where one leads."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints


class Part(BaseModel):
    """Every part of a script: immutable, and nothing in it that has no meaning."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", coerce_numbers_to_str=True, str_strip_whitespace=True, allow_inf_nan=False
    )


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_written(wordings: tuple[str, ...]) -> str | list[str]:
    return wordings[0] if len(wordings) == 1 else list(wordings)


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Target = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,39})?$")]
"""The name of what a connection leads to; empty while it leads nowhere, which :mod:`.check` then says."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]
Prompt = Annotated[str, StringConstraints(max_length=600)]
"""What a node says; empty while it isn't written, which :mod:`.check` then says."""

Wordings = Annotated[
    tuple[Text, ...],
    BeforeValidator(_as_list),
    Field(max_length=10),
    PlainSerializer(_as_written, return_type=str | list[str]),
]
"""One text, or several that say the same and are used in turn, so that nobody hears the very same words again."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
TemplateName = Annotated[str, StringConstraints(max_length=120)]
"""The name of a template of messages; empty while none is chosen, which is said before it is published."""

Key = Annotated[str, StringConstraints(pattern=r"^[0-9*#A-D]$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_as_list)]
Values = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Seconds = Annotated[float, Field(ge=1, le=60)]
Routes = dict[Name, Target]
Keys = dict[Key, Target]
Language = Literal["en", "zh"]
ValueKind = Literal["number", "phone", "date", "time", "moment", "name", "text"]
Disclosure = Literal["ai", "recording", "way_out"]
Disclosures = Annotated[tuple[Disclosure, ...], BeforeValidator(_as_list)]
