"""Which powers a body has, by its type and nation; how the register is read; its calendar. Pure."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.foundations.clocks.calendars import Nation
from commonweal.foundations.clocks.counting import months_after

FARTHEST_MONTHS = 36
"""How far ahead a day may be entered: farther off is a slip of the keyboard."""

_COLLECTS_WASTE = {"NMD", "UA", "MD", "LBO", "CC", "SCO", "WPA", "NID"}
_UPPER_TIER = {"CTY", "UA", "MD", "LBO", "CC", "SCO", "WPA"}
_LEVIES_COUNCIL_TAX = _COLLECTS_WASTE - {"NID"}


@dataclass(frozen=True)
class Area:
    """Where the area of an authority lies: its middle (degrees, WGS 84), and how large it is, in square kilometres."""

    latitude: float
    longitude: float
    square_kilometres: float


@dataclass(frozen=True)
class Authority:
    """A row of the register of authorities that exist today."""

    code: str
    slug: str
    name: str
    short_name: str
    nation: str
    kind: str
    powers: tuple[str, ...]
    county: str = ""
    """The code of the county council of whose area a district is a part; empty for all others."""

    area: Area | None = None


def powers_of(kind: str) -> tuple[str, ...]:
    """The powers a type of authority has.

    Environmental Protection Act 1990 section 30 (collection and disposal authorities); Local Government Finance Act
    1992 section 1 (billing authorities; Northern Ireland has rates); Care Act 2014 section 1 and its counterparts. Each
    is a public authority (Freedom of Information Act 2000, schedule 1, and its Scottish counterpart).
    """
    powers = {
        "public_authority": True,
        "waste_collection": kind in _COLLECTS_WASTE,
        "waste_disposal": kind in _UPPER_TIER or kind == "NID",
        "council_tax": kind in _LEVIES_COUNCIL_TAX,
        "blue_badges": kind in _UPPER_TIER,
        "social_care": kind in _UPPER_TIER,
    }
    return tuple(sorted(power for power, has in powers.items() if has))


def slug_of(name: str) -> str:
    """A web address of the name: ASCII, lower case, hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")


def authorities(text: str) -> Iterator[Authority]:
    """The current authorities in the register's CSV (mySociety, CC BY 4.0)."""
    for row in csv.DictReader(text.splitlines()):
        if row["current-authority"] == "True":
            yield Authority(
                code=row["local-authority-code"],
                slug=slug_of(row["gov-uk-slug"] or row["nice-name"]),
                name=row["official-name"],
                short_name=row["nice-name"],
                nation=row["nation"],
                kind=row["local-authority-type"],
                powers=powers_of(row["local-authority-type"]),
                county=row["county-la"],
                area=_area(row),
            )


def _area(row: dict[str, str]) -> Area | None:
    if not (row["lat"] and row["long"] and row["area"]):
        return None
    return Area(float(row["lat"]), float(row["long"]), float(row["area"]))


def nation_named(name: str) -> Nation:
    """The nation as the register writes it ("Northern Ireland"). Raises KeyError."""
    return Nation[name.upper().replace(" ", "_")]


def may_be_entered(day: date, today: date) -> bool:
    """Whether a calendar may change for that day: what is past was counted, and no clock is rewritten afterwards."""
    return today <= day <= months_after(today, FARTHEST_MONTHS)


def calendar_of(organisation: int) -> UUID:
    """What happens to the calendar of a body has this as its subject, so that it reaches others in order."""
    return UUID(int=organisation)


def same_area(code: str, register: Iterable[Authority]) -> tuple[str, ...]:
    """The codes of the other tier: a district's county, a county's districts. Others have no second tier."""
    entries = {entry.code: entry for entry in register}
    county = entries[code].county if code in entries else ""
    above = (county,) if county in entries else ()
    return above or tuple(entry.code for entry in entries.values() if entry.county == code)
