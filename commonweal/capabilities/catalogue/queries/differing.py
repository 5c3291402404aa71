"""The differences between two declarations, part by part, whatever their types contain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, StrEnum
from typing import Any

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.designing import draft, live_version, require_designer, version
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared
from commonweal.foundations.actions.query import query
from commonweal.foundations.scope.actors import Actor

Said = Bilingual | str | int | bool | None


class Change(StrEnum):
    """What happened to a part. `REORDERED`: the same parts, in another order."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True)
class Step:
    """One step to a part: a field and, in a list or by nation, which one: its key, and its title where it has one."""

    field: str
    key: str = ""
    title: Bilingual | None = None


@dataclass(frozen=True)
class Difference:
    """One part that differs: where it lies, what happened, what it said before and says after.

    A part with parts of its own that was added or removed has them in `parts`, as said there.
    """

    path: tuple[Step, ...]
    change: Change
    before: Said = None
    after: Said = None
    parts: tuple["Difference", ...] = ()


@query()
def draft_differences(actor: Actor, *, organisation: int, name: str) -> tuple[Difference, ...]:
    """What the draft, when nothing is wrong with it, changes in what is live; empty for a service not offered yet.

    Raises NoDraft, NotADesigner.
    """
    written = draft(actor, organisation=organisation, name=name).service
    live = live_version(actor, organisation=organisation, name=name)
    return differences(live.service, written) if written and live else ()


@query()
def version_differences(actor: Actor, *, organisation: int, name: str, old: int, new: int) -> tuple[Difference, ...]:
    """What differs between two versions by number. Raises NoSuchVersion, NotADesigner."""
    require_designer(actor, organisation)
    before, after = (version(actor, organisation=organisation, name=name, number=number) for number in (old, new))
    return differences(before.service, after.service)


def differences(old: Service, new: Service) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the declaration; empty when they are equal."""
    return tuple(_between(old, new, ()))


def _between(before: Any, after: Any, path: tuple[Step, ...]) -> Iterator[Difference]:
    if before == after:
        return
    if _is_part(before) and type(before) is type(after):
        for name in type(after).model_fields:
            yield from _between(getattr(before, name), getattr(after, name), (*path, Step(name)))
    elif isinstance(before, tuple) and isinstance(after, tuple):
        keyed = all(hasattr(each, "key") for each in (*before, *after))
        yield from (_keyed if keyed else _listed)(before, after, path)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _by_key(before, after, path, {})
    elif before is None or after is None:
        yield _whole(after if before is None else before, path, is_new=before is None)
    else:
        yield Difference(path, Change.CHANGED, _said(before), _said(after))


def _keyed(before: tuple[Any, ...], after: tuple[Any, ...], path: tuple[Step, ...]) -> Iterator[Difference]:
    """Lists whose items have keys: the same key is the same item, wherever it stands."""
    old, new = ({each.key: each for each in items} for items in (before, after))
    titles = {key: _title(each) for key, each in (old | new).items()}
    yield from _by_key(old, new, path, titles)
    stayed = [key for key in old if key in new], [key for key in new if key in old]
    if stayed[0] != stayed[1]:
        was, now = (_order(keys, titles) for keys in stayed)
        yield Difference(path, Change.REORDERED, was, now)


def _by_key(
    before: Mapping[Any, Any], after: Mapping[Any, Any], path: tuple[Step, ...], titles: Mapping[Any, Bilingual | None]
) -> Iterator[Difference]:
    for key in [*after, *(key for key in before if key not in after)]:
        here = (*path[:-1], Step(path[-1].field, str(key), titles.get(key)))
        yield from _between(before.get(key), after.get(key), here)


def _listed(before: tuple[Any, ...], after: tuple[Any, ...], path: tuple[Step, ...]) -> Iterator[Difference]:
    """Lists of plain values or words."""
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        old, new = before[i:j], after[k:m]
        both = min(len(old), len(new))
        for was, now in zip(old[:both], new[:both], strict=True):
            yield from _between(was, now, path)
        yield from (_whole(each, path, is_new=False) for each in old[both:])
        yield from (_whole(each, path, is_new=True) for each in new[both:])


def _whole(value: Any, path: tuple[Step, ...], *, is_new: bool) -> Difference:
    change = Change.ADDED if is_new else Change.REMOVED
    parts = tuple(_contents(value, path, is_new=is_new)) if _has_parts(value) else ()
    said = None if parts else _said(value)
    return Difference(path, change, None if is_new else said, said if is_new else None, parts)


def _contents(value: Any, path: tuple[Step, ...], *, is_new: bool) -> Iterator[Difference]:
    """What a part holds, each as added or removed with it."""
    if _is_part(value):
        inside: Iterable[tuple[Any, Step]] = (
            (getattr(value, name), Step(name)) for name in type(value).model_fields if name != "key"
        )
    elif isinstance(value, Mapping):
        inside = ((each, Step(path[-1].field, str(key))) for key, each in value.items())
    else:
        inside = ((each, Step(path[-1].field, getattr(each, "key", ""), _title(each))) for each in value)
    above = path if _is_part(value) else path[:-1]
    for each, step in inside:
        if _has_parts(each):
            yield from _contents(each, (*above, step), is_new=is_new)
        elif each not in (None, (), False):
            yield _whole(each, (*above, step), is_new=is_new)


def _is_part(value: Any) -> bool:
    return isinstance(value, Declared) and not isinstance(value, Bilingual)


def _has_parts(value: Any) -> bool:
    return _is_part(value) or (isinstance(value, tuple | Mapping) and bool(value))


def _title(value: Any) -> Bilingual | None:
    """What people call an item; a page and an exit have titles, the others labels."""
    found = getattr(value, "title", None) or getattr(value, "label", None)
    return found if isinstance(found, Bilingual) else None


def _order(keys: Iterable[str], titles: Mapping[str, Bilingual | None]) -> Bilingual:
    named = [titles[key] or Bilingual(en=key, cy=key) for key in keys]
    return Bilingual(en=", ".join(each.en for each in named), cy=", ".join(each.cy for each in named))


def _said(value: Any) -> Said:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, Bilingual | str | int) else None
