"""Signing in, and who is signed in."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from callwright.accounts.roles import Act
from callwright.web.schemas.base import Line, Request, Response

Role = Literal["operator", "owner", "supervisor", "agent", "inspector"]
Language = Literal["en", "zh-CN"]


class SignIn(Request):
    """Who signs in."""

    email: Line = Field(max_length=320, examples=["owner@demo.example"])
    password: str = Field(max_length=1024, examples=["a long password"])


class Preferences(Request):
    """What a person may change about their own account."""

    language: Language


class SignedInUser(Response):
    """The person who is signed in."""

    id: UUID
    email: str
    name: str
    role: Role
    language: Language


class OwnTenant(Response):
    """The company they work for."""

    id: UUID
    name: str
    time_zone: str = Field(examples=["Europe/London"])
    region: str = Field(examples=["GB"], description="ISO 3166 alpha-2: how a number without country code is read.")
    currency: str = Field(examples=["GBP"], description="ISO 4217: what amounts are in.")


ActName = Annotated[str, WithJsonSchema({"type": "string", "enum": [act.name.lower() for act in Act]})]


class Permission(Response):
    """Something that can be done here, whether this person may, and which roles may."""

    act: ActName = Field(examples=["change_tasks"])
    allowed: bool
    roles: list[Role]


class Me(Response):
    """Who is signed in, for which company, and what they may do."""

    user: SignedInUser
    tenant: OwnTenant
    permissions: list[Permission]
