"""A service that routes, repeats, exits, asks of a party and of staff, and has a fee: for the tests of filling in."""

from pathlib import Path

NAME = "lost_property"

ROUTED = Path(__file__).with_name("routed.yaml").read_text()


def dated(day: str = "1", month: str = "11", year: str = "2026") -> dict[str, str]:
    """The fields of when a thing was lost."""
    return {"when-day": day, "when-month": month, "when-year": year}


ANIMAL = {"is_animal": "yes", "has_things": "no"}
THINGS = {"is_animal": "no", "has_things": "yes"}
NEITHER = {"is_animal": "no", "has_things": "no"}
UMBRELLA = {"what": "An umbrella", **dated()}
HAT = {"what": "A hat", **dated("2")}
YOU = {"name": "Rosa Márquez", "email": "rosa@people.example"}
OWNER = {"owner_name": "Ines Márquez", "owner_job": "Baker"}
