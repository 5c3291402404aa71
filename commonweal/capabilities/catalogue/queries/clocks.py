"""What a declaration says of time: clocks with their source, when they run, pause and may be extended."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key, Nation


class ClockSource(StrEnum):
    """Why there is a deadline: a law, or a standard the body sets itself."""

    LAW = "law"
    SERVICE_STANDARD = "service_standard"


class WorkingCalendar(StrEnum):
    """Which days are working days: of the body's nation, or those that are so in every part of the United Kingdom."""

    NATION = "nation"
    UNION = "union"


class Reason(Declared):
    """One reason to choose from: `words` are what the applicant is told, `law` where it stands."""

    key: Key
    label: Bilingual
    words: Bilingual
    law: dict[Nation, Bilingual] = {}


class Extension(Declared):
    """How a clock may be extended: once, by so many working days or months, for one of the reasons, before it ends."""

    working_days: Annotated[int, Field(ge=1, le=366)] | None = None
    months: Annotated[int, Field(ge=1, le=24)] | None = None
    reasons: Annotated[tuple[Reason, ...], Field(min_length=1)]


class Clock(Declared):
    """By when something is done; `words` promise it to the applicant.

    One of `working_days`, `days` and `months` says how long, from the day after it starts: when the case was received,
    or when it enters the stage `starts_in`. It stops at one of the stages of `stops_in`, else when the case is closed;
    it does not run in the stages of `pauses_in`. `law` says in each nation which law sets it. Where nations differ,
    each clock names its `nations` (empty: all).
    """

    key: Key
    label: Bilingual
    working_days: Annotated[int, Field(ge=1, le=366)] | None = None
    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    calendar: WorkingCalendar = WorkingCalendar.NATION
    nations: tuple[Nation, ...] = ()
    source: ClockSource
    law: dict[Nation, Bilingual] = {}
    words: Bilingual
    starts_in: Key | None = None
    stops_in: tuple[Key, ...] = ()
    pauses_in: tuple[Key, ...] = ()
    extension: Extension | None = None

    @property
    def is_law(self) -> bool:
        """Whether a law sets it: then a body's closures do not stop it."""
        return self.source is ClockSource.LAW
