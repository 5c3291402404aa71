"""What was said with a request, as it is kept, or what is wrong with it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.models import Authority, RequestKind
from commonweal.foundations.clocks.now import today
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.references.references import normal_reference
from commonweal.foundations.scope.actors import Actor, Channel, Resident, Staff
from commonweal.foundations.texts.typed import plain

LONGEST = {"words": 4_000, "name": 200, "contact": 300, "on_behalf_of": 200, "received_why": 500}
EARLIEST = date(2018, 5, 25)
"""The first day of these rights: no request that waits for its answer came before it."""

NEED_WORDS = frozenset({"rectification", "restriction", "objection", "automated_decision", "complaint"})
"""Kinds that cannot be dealt with before it is said what is meant."""


@dataclass(frozen=True)
class Asking:
    """What was said."""

    kind: str
    received_on: date | None
    received_why: str = field(repr=False)
    about: str
    authority: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    on_behalf_of: str = field(repr=False)
    words: str = field(repr=False)
    channel: str


def checked(actor: Actor, asking: Asking) -> Asking:
    """The same as it is kept: texts plain, the reference in its normal form, days only from staff. Raises Invalid."""
    texts: dict[str, Any] = {name: plain(getattr(asking, name)) for name in LONGEST}
    about = normal_reference(asking.about) if asking.about.strip() else ""
    kept = replace(asking, **texts, about=about or "")
    if not isinstance(actor, Staff):
        kept = replace(kept, received_on=None, received_why="", channel=actor.channel.value)
    wrong = {**_too_long(kept), **_unknown(kept), **_missing(actor, kept), **_wrong_day(kept)}
    if about is None:
        wrong["about"] = _("Check the reference: a character in it must be wrong")
    if wrong:
        raise Invalid(wrong)
    return kept


def _too_long(kept: Asking) -> dict[str, Words]:
    message = _("This is too long. Shorten it, or tell us the rest later")
    return {name: message for name, longest in LONGEST.items() if len(getattr(kept, name)) > longest}


def _unknown(kept: Asking) -> dict[str, Words]:
    wrong: dict[str, Words] = {}
    if kept.kind not in RequestKind.values:
        wrong["kind"] = _("Choose what is asked for")
    if kept.authority not in Authority.values:
        wrong["authority"] = _("Choose who you are asking for")
    if kept.channel not in {channel.value for channel in Channel}:
        wrong["channel"] = _("Choose how the request arrived")
    return wrong


def _missing(actor: Actor, kept: Asking) -> dict[str, Words]:
    """Staff need only say who it was: a request in any words is one (Article 12)."""
    wrong: dict[str, Words] = {}
    if isinstance(actor, Staff):
        return {} if kept.name else {"name": _("Enter who it was, and how to reach them if you know")}
    if kept.kind in NEED_WORDS and not kept.words:
        wrong["words"] = _("Tell us what you mean, in your own words")
    if kept.authority != Authority.SELF and not kept.on_behalf_of:
        wrong["on_behalf_of"] = _("Enter the name of the person you are asking for")
    if not isinstance(actor, Resident):
        if not kept.name:
            wrong["name"] = _("Enter your name")
        if not kept.contact:
            wrong["contact"] = _("Enter an email address, a phone number or a postal address")
    return wrong


def _wrong_day(kept: Asking) -> dict[str, Words]:
    if kept.received_on is None:
        return {}
    if kept.received_on < EARLIEST:
        return {"received_on": _("Check the year")}
    if kept.received_on > today():
        return {"received_on": _("The day it arrived must be today or in the past")}
    if kept.received_on < today() and not kept.received_why:
        return {"received_why": _("Say why you are only recording it now")}
    return {}


def words_in(text: str, *, field: str = "text", if_missing: Words) -> str:
    """Words that are needed, as they are kept. Raises Invalid."""
    kept = plain(text)
    if not kept:
        raise Invalid({field: if_missing})
    if len(kept) > LONGEST["words"]:
        raise Invalid({field: _("This is too long. Shorten it, or tell us the rest later")})
    return kept


def day_between(day: date | None, first: date | None, last: date, *, field: str) -> date:
    """A day that was typed, no earlier than `first` and no later than `last`. Raises Invalid."""
    if day is None:
        raise Invalid({field: _("Enter a day, month and year")})
    if day < EARLIEST:
        raise Invalid({field: _("Check the year")})
    if day > last or (first is not None and day < first):
        raise Invalid({field: _("The day must not be before you asked for it, or after you recorded it")})
    return day
