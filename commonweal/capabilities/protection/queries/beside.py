"""What is held about people that belongs to no service: kinds read from the declarations, the rest said here once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.catalogue.queries.declarations import LawfulBasis, Service
from commonweal.capabilities.protection.words import CATEGORIES_SAID
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.declarations import Category
from commonweal.foundations.personal_data.registry import holdings
from commonweal.foundations.personal_data.schedules import rule_for

_YOU: Words = _("from you")
_WORK: Words = _("from our work")
_OURSELVES: Words = _("our staff who deal with you")
_OFFICER: Words = _("our data protection officer")


@dataclass(frozen=True)
class _Group:
    key: str
    title: Words
    labels: tuple[str, ...]
    rule: str
    why: Words
    law: Words
    came: Words
    seen_by: Words


_GROUPS = (
    _Group(
        "record",
        _("Your record"),
        ("people.person", "people.name"),
        "people.closed",
        _("to know who you are when you come to us, and to write to you"),
        LawfulBasis.PUBLIC_TASK.words,
        _YOU,
        _OURSELVES,
    ),
    _Group(
        "drafts",
        _("What you started and did not send"),
        ("forms.draft", "forms.draft_answer"),
        "forms.draft",
        _("so that you can continue with it"),
        LawfulBasis.PUBLIC_TASK.words,
        _YOU,
        _("only you"),
    ),
    _Group(
        "messages",
        _("Messages to you"),
        ("messages.message",),
        "messages.sent",
        _("to tell you what happened"),
        LawfulBasis.PUBLIC_TASK.words,
        _WORK,
        _("our staff who deal with you, and our email provider"),
    ),
    _Group(
        "requests",
        _("Your requests about your information"),
        ("protection.request", "protection.step", "protection.question"),
        "protection.request",
        _("to answer you, and to show that we did"),
        LawfulBasis.LEGAL_OBLIGATION.words,
        _YOU,
        _OFFICER,
    ),
    _Group(
        "openings",
        _("When your information was opened"),
        ("personal_data.trace", "protection.copy"),
        "personal_data.trace",
        _("so that you can ask who looked, and why"),
        LawfulBasis.LEGAL_OBLIGATION.words,
        _WORK,
        _OFFICER,
    ),
    _Group(
        "sign_in",
        _("Your sign-in"),
        ("identity.account",),
        "account.sign_in",
        _("so that nobody but you sees what is yours"),
        LawfulBasis.PUBLIC_TASK.words,
        _YOU,
        _("only you, and those who run our systems"),
    ),
)


@dataclass(frozen=True)
class Beside:
    """One kind of thing that belongs to no service. `number` is None where it is not counted."""

    key: str
    title: Words
    kinds: tuple[Words, ...]
    why: Words
    law: Words
    kept: str
    came: Words
    seen_by: Words
    number: int | None


def beside_services(nation: str, numbers: dict[str, int]) -> tuple[Beside, ...]:
    """What is held besides, with the period of the nation; alike for everybody but for `numbers`."""
    language = get_language()
    return tuple(
        Beside(
            key=each.key,
            title=each.title,
            kinds=said(_categories(each.labels)),
            why=each.why,
            law=each.law,
            kept=rule_for(each.rule, nation).in_language(language),
            came=each.came,
            seen_by=each.seen_by,
            number=numbers.get(each.key),
        )
        for each in _GROUPS
    )


def kinds_of(service: Service) -> tuple[Words, ...]:
    """The kinds of personal data that a service asks for or records, as it declares them."""
    asked = [*service.questions(), *service.case.facts]
    return said(question.category for question in asked if question.category is not None)


def said(categories: Iterable[Category]) -> tuple[Words, ...]:
    """Kinds in words, each once, in the order in which they come."""
    return tuple(CATEGORIES_SAID[category] for category in dict.fromkeys(categories))


@cache
def _categories(labels: tuple[str, ...]) -> tuple[Category, ...]:
    """The categories that the tables with these labels declare."""
    found = [each.category for each in holdings() if each.place.rpartition(".")[0] in labels]
    return tuple(dict.fromkeys(found))
