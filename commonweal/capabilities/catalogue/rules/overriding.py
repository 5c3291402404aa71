"""A body's own words on top of a shared declaration. Pure."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from commonweal.capabilities.catalogue.queries.overrides import Overrides
from commonweal.foundations.declaring.yaml_lines import Loc

_WHOLE = ("title", "summary", "before", "takes", "owner", "team")


@dataclass(frozen=True)
class Replaced:
    """One part that was replaced: where it lies in the declaration, and where the override says so."""

    place: Loc
    said_at: Loc
    value: Any


@dataclass(frozen=True)
class NoLongerFits:
    """An override of a part that the shared declaration does not have."""

    said_at: Loc
    sentence: str


def merge(shared: Any, overrides: Overrides) -> tuple[Any, list[Replaced], list[NoLongerFits]]:
    """The shared declaration (plain values) with what the body says instead, and what finds no place in it."""
    merged = deepcopy(shared)
    found = list(_replacements(merged, overrides))
    replaced = [one for one in found if isinstance(one, Replaced)]
    for one in replaced:
        _put(merged, one.place, one.value)
    return merged, replaced, [one for one in found if isinstance(one, NoLongerFits)]


def source_of(loc: Loc, replaced: list[Replaced]) -> Loc | None:
    """Where the overrides say what stands at a place of the merged declaration, or in it; None when it is as shared."""
    around = [one for one in replaced if loc[: len(one.place)] == one.place]
    if around:
        nearest = max(around, key=lambda one: len(one.place))
        return (*nearest.said_at, *loc[len(nearest.place) :])
    return next((one.said_at for one in replaced if one.place[: len(loc)] == loc), None)


def _replacements(shared: Any, overrides: Overrides) -> Iterator[Replaced | NoLongerFits]:
    said = overrides.model_dump(mode="json", exclude_none=True)
    for name in _WHOLE:
        if name in said:
            yield Replaced((name,), (name,), said[name])
    fee: Loc | None = ("fee",) if shared.get("fee") else None
    for part, value in said.get("fee", {}).items():
        yield _at(fee, (part,), ("fee", part), value, "The service costs nothing any more.")
    for key, words in said["hints"].items():
        asked = next(_questions(shared, key), None)
        yield _at(asked, ("hint",), ("hints", key), words, f"There is no question {key} any more.")
    for key, words in said["page_hints"].items():
        page = _keyed(shared, ("pages",), key)
        yield _at(page, ("hint",), ("page_hints", key), words, f"There is no page {key} any more.")
    yield from _promises(shared, said["clocks"])
    yield from _periods(shared, said["keep"])
    for event, message in said["messages"].items():
        place: Loc | None = ("messages", event) if shared["messages"].get(event) else None
        for part, words in message.items():
            yield _at(place, (part,), ("messages", event, part), words, f"There is no message {event} any more.")


def _promises(shared: Any, said: Any) -> Iterator[Replaced | NoLongerFits]:
    for key, promise in said.items():
        clock = _keyed(shared, ("case", "clocks"), key)
        is_law = clock is not None and _value(shared, clock)["source"] == "law"
        lost = f"The law sets the clock {key}." if is_law else f"There is no clock {key} any more."
        for part, value in promise.items():
            yield _at(None if is_law else clock, (part,), ("clocks", key, part), value, lost)


def _periods(shared: Any, said: Any) -> Iterator[Replaced | NoLongerFits]:
    for key, nations in said.items():
        outcome = _keyed(shared, ("case", "outcomes"), key)
        for nation, keep in nations.items():
            is_kept = outcome is not None and nation in _value(shared, outcome)["keep"]
            lost = f"There is no outcome {key} that is kept in {nation} any more."
            for part, value in keep.items():
                place = outcome if is_kept else None
                yield _at(place, ("keep", nation, part), ("keep", key, nation, part), value, lost)


def _at(place: Loc | None, part: Loc, said_at: Loc, value: Any, lost: str) -> Replaced | NoLongerFits:
    if place is None:
        return NoLongerFits(said_at, f"{lost} Take this override out, or name another one.")
    return Replaced((*place, *part), said_at, value)


def _questions(value: Any, key: str, place: Loc = ("pages",)) -> Iterator[Loc]:
    """Where the question of this key stands, however deep it is grouped."""
    inside = _value(value, place)
    steps = enumerate(inside) if isinstance(inside, list) else inside.items() if isinstance(inside, dict) else ()
    for step, each in steps:
        here = (*place, step)
        if isinstance(each, dict) and each.get("key") == key and "type" in each:
            yield here
        yield from _questions(value, key, here)


def _keyed(value: Any, place: Loc, key: str) -> Loc | None:
    return next(((*place, number) for number, each in enumerate(_value(value, place)) if each["key"] == key), None)


def _value(value: Any, place: Loc) -> Any:
    for step in place:
        value = value[step]
    return value


def _put(value: Any, place: Loc, new: Any) -> None:
    _value(value, place[:-1])[place[-1]] = new
