"""The fields of a request, with what was typed and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext

from commonweal.capabilities.cases.queries.following import StatusRow
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Words
from commonweal.frontends.website.requests.words import FOR_WHOM, Right


def fields_of(
    request: HttpRequest, right: Right, own: Sequence[StatusRow], wrong: Mapping[str, Words], *, is_known: bool
) -> tuple[Field, ...]:
    """The fields of one kind; who is signed in is not asked who they are, and chooses among their applications."""
    return tuple(_fields(request.POST, right, own, wrong, is_known=is_known))


def _fields(
    given: Mapping[str, str], right: Right, own: Sequence[StatusRow], wrong: Mapping[str, Words], *, is_known: bool
) -> Iterator[Field]:
    words = given.get("words", "")
    yield Field("words", right.ask, Kind.LONG_TEXT, hint=right.hint, value=words, error=wrong.get("words", ""))
    if own:
        choices = (Option("", gettext("Everything")), *(_option(row) for row in own))
        label, about = gettext("What is it about?"), given.get("about", "")
        yield Field("about", label, Kind.CHOSEN, options=choices, value=about, error=wrong.get("about", ""))
    yield Field(
        "authority",
        gettext("Who are you asking for?"),
        Kind.ONE_OF,
        options=tuple(Option(*each) for each in FOR_WHOM.items()),
        value=given.get("authority", "self"),
        error=wrong.get("authority", ""),
    )
    yield Field(
        "on_behalf_of",
        gettext("Their name, if it is not yourself"),
        value=given.get("on_behalf_of", ""),
        error=wrong.get("on_behalf_of", ""),
    )
    if not is_known:
        yield from _who(given, wrong)


def _option(row: StatusRow) -> Option:
    return Option(row.reference, f"{row.service_title} ({row.reference})")


def _who(given: Mapping[str, str], wrong: Mapping[str, Words]) -> Iterator[Field]:
    yield Field(
        "name",
        gettext("Your name"),
        Kind.NAME,
        value=given.get("name", ""),
        error=wrong.get("name", ""),
        autocomplete="name",
    )
    yield Field(
        "contact",
        gettext("How can we reach you?"),
        hint=gettext("An email address, a phone number or a postal address"),
        value=given.get("contact", ""),
        error=wrong.get("contact", ""),
    )
