"""What stands in the copy that people make of what they told, and its JSON Schema, so that others can read it."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A part of the copy, as its schema describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(Frozen):
    """One thing that the person told of themselves."""

    key: str = Field(description="Names the field or question, the same in every copy and language.")
    label: str = Field(description="The field or question as it was asked, in the language of the copy.")
    value: str = Field(description="What the person told.")
    category: str = Field(description="The kind of personal data.")
    why: str = Field(description="Why it was asked.")
    portable: bool = Field(
        description="Whether it was given under consent or contract and is held by automated means, so that it may be"
        " taken elsewhere (UK GDPR Article 20)."
    )


class Application(Frozen):
    """What the person told in one application, and the law under which it is held."""

    reference: str
    service: str
    title: str
    received: datetime
    channel: str
    purpose: str
    lawful_basis: str = Field(description="UK GDPR Article 6(1), by its usual name.")
    law: str
    seen_by: list[str]
    kept_until: date | None = Field(description="The day on which its period ends; null while it is open.")
    items: list[Item]


class Opening(Frozen):
    """When the person's information was opened: by which team or role, never who."""

    first: datetime
    last: datetime
    times: int
    who: str
    purposes: list[str]
    channels: list[str]
    references: list[str]


class Information(Frozen):
    """A copy of what a person told an organisation of themselves."""

    organisation: str
    made: datetime
    language: str
    records: list[list[Item]] = Field(
        description="Name, contact points and language, once for each time they were told."
    )
    applications: list[Application]
    openings: list[Opening]


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the copy."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Information.model_json_schema()}
