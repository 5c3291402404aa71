"""What a body says differently on top of a shared declaration: words, owner, team, fee, periods, messages."""

from typing import Annotated

from pydantic import Field

from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key, Nation


class KeepOverride(Declared):
    """Another period for an outcome in one nation, in calendar months, and why the body needs that one."""

    months: Annotated[int, Field(ge=1, le=1200)]
    reason: Bilingual
    basis: Bilingual | None = None


class MessageOverride(Declared):
    """Other words of a message; what is left out stays as shared."""

    subject: Bilingual | None = None
    body: Bilingual | None = None


class FeeOverride(Declared):
    """Another amount: a CEL expression that gives whole pence ("3500"), and other words where they name it."""

    pence: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    words: Bilingual | None = None


class ClockOverride(Declared):
    """Another promise of the body's own, in the unit of the shared one; how long the law gives cannot be replaced."""

    working_days: Annotated[int, Field(ge=1, le=366)] | None = None
    days: Annotated[int, Field(ge=1, le=731)] | None = None
    months: Annotated[int, Field(ge=1, le=24)] | None = None
    words: Bilingual | None = None


class Overrides(Declared):
    """What a body replaces. What is left out stays as shared; what the law or the questions are cannot be replaced.

    `hints` are by question, `page_hints` by page, `clocks` by clock, `keep` by outcome and nation, `messages` by event.
    """

    title: Bilingual | None = None
    summary: Bilingual | None = None
    before: tuple[Bilingual, ...] | None = None
    takes: Bilingual | None = None
    owner: Bilingual | None = None
    team: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    fee: FeeOverride | None = None
    hints: dict[Key, Bilingual] = {}
    page_hints: dict[Key, Bilingual] = {}
    clocks: dict[Key, ClockOverride] = {}
    keep: dict[Key, dict[Nation, KeepOverride]] = {}
    messages: dict[Key, MessageOverride] = {}
