"""The difference between two versions in sentences, with what was and what is in English and Welsh side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.capabilities.catalogue.queries.differing import Change, Difference, Said, Step
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.frontends.workspace.services.field_words import FIELDS, ITEMS


@dataclass(frozen=True)
class Words:
    """What a part says; without a Welsh text when it is no words (a number, a code)."""

    en: str
    cy: str = ""


@dataclass(frozen=True)
class Told:
    """One difference: a sentence, what was and what is; `parts` tell what came or went with it."""

    sentence: str
    change: str
    before: Words | None
    after: Words | None
    parts: tuple["Told", ...] = ()


def tell(differences: Iterable[Difference]) -> tuple[Told, ...]:
    """Each difference in the language in use."""
    return tuple(_told(each) for each in differences)


def _told(difference: Difference) -> Told:
    where, what = _split(difference.path)
    plain = not isinstance(difference.before, Bilingual) and not isinstance(difference.after, Bilingual)
    values = {"before": _plain(difference.before), "after": _plain(difference.after)}
    changed = plain and difference.change is Change.CHANGED
    template = _("%(what)s: %(before)s became %(after)s") if changed else _sentences()[difference.change]
    sentence = template % {"what": what, **values}
    return Told(
        f"{where}: {sentence}" if where else _upper(sentence),
        difference.change.value,
        None if changed else _words(difference.before),
        None if changed else _words(difference.after),
        tuple(_part(part, len(difference.path)) for part in difference.parts),
    )


def _part(difference: Difference, above: int) -> Told:
    """A part of what was added or removed: what it is, without what stands around it."""
    inside = difference.path[above:] or difference.path[-1:]
    said = difference.after if difference.change is Change.ADDED else difference.before
    return Told(_upper(", ".join(_name(step) for step in inside)), difference.change.value, None, _words(said))


def _sentences() -> dict[Change, str]:
    return {
        Change.ADDED: _("%(what)s added"),
        Change.REMOVED: _("%(what)s removed"),
        Change.CHANGED: _("%(what)s changed"),
        Change.REORDERED: _("the order of each %(what)s changed"),
    }


def _split(path: tuple[Step, ...]) -> tuple[str, str]:
    """Where the part lies, as its innermost item with a title, and what of it differs."""
    titled = [number for number, step in enumerate(path[:-1]) if step.title is not None]
    first = titled[-1] + 1 if titled else 0
    where = _upper(_name(path[first - 1])) if titled else ""
    inside = [step for step in path[first:] if step.field not in {"case", "lawfulness"}] or list(path[-1:])
    return where, ", ".join(_name(step) for step in inside)


def _name(step: Step) -> str:
    if not step.key:
        return str(FIELDS.get(step.field, step.field.replace("_", " ")))
    kind = str(ITEMS.get(step.field, FIELDS.get(step.field, step.field.replace("_", " "))))
    if step.title is not None:
        return _("%(kind)s “%(title)s”") % {"kind": kind, "title": step.title.in_language(get_language())}
    return f"{kind} {_(step.key)}"


def _words(said: Said) -> Words | None:
    if said is None:
        return None
    return Words(said.en, said.cy) if isinstance(said, Bilingual) else Words(_plain(said))


def _plain(said: Said) -> str:
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    return "" if said is None or isinstance(said, Bilingual) else str(said)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
