"""The items of a copy, one after the other: a key, or a button, decides and brings the next."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.capabilities.protection.actions.judging import decide_item, disclose_plain
from commonweal.capabilities.protection.queries.packs.items import ItemPage, item_page, open_item_file, plain_items
from commonweal.capabilities.protection.queries.withholding import exemptions
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Conflict, Invalid, Refusal, Words
from commonweal.foundations.files.headers import headers_for
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed
from commonweal.frontends.workspace.words import FIELDS

_MOST_STRINGS, _DIGITS = 200, 8


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@at_desk
def items(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """What waits: first the texts that name nobody else, together; then each item. Raises NotSearched."""
    here: dict[str, Any] = {"organisation": desk.organisation, "reference": reference}
    refusal = None
    if request.method == "POST":
        try:
            disclose_plain(desk.actor, **here, seen=_seen(request))
        except Conflict as conflict:
            refusal = conflict
        else:
            return redirect(reverse("request_items", args=[desk.slug, reference]))
    shown = plain_items(desk.actor, **here)
    if not shown:
        return _show(request, desk, reference, item_page(desk.actor, **here), refusal)
    context = {
        "items": shown,
        "reference": reference,
        "refusal": refusal,
        "titles": {item.number: title_of(item) for item in shown},
        "back": reverse("officer_request", args=[desk.slug, reference]),
    }
    return show_section(request, desk, "requests/plain_items", context, refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@at_desk
def item(request: HttpRequest, desk: Desk, reference: str, number: int) -> HttpResponse:
    """One item; a POST decides it and goes on to the next. Raises NotTheOfficer, NoSuchItem."""
    here: dict[str, Any] = {"organisation": desk.organisation, "reference": reference, "number": number}
    if request.method != "POST":
        return _show(request, desk, reference, item_page(desk.actor, **here))
    try:
        decide_item(
            desk.actor,
            **here,
            seen=request.POST.get("seen", ""),
            decision=request.POST.get("do", ""),
            ground=request.POST.get("ground", ""),
            exemption=request.POST.get("exemption", ""),
            removed=_removed(request),
        )
    except (Invalid, Conflict) as refusal:
        return _show(request, desk, reference, item_page(desk.actor, **here), refusal)
    return redirect(reverse("request_items", args=[desk.slug, reference]))


@require_safe
@at_desk
def item_file(request: HttpRequest, desk: Desk, reference: str, number: int) -> Any:
    """The file of an item, to look at before deciding."""
    opened = open_item_file(desk.actor, organisation=desk.organisation, reference=reference, number=number)
    return StreamingHttpResponse(opened.chunks(), headers=headers_for(opened))


def title_of(item: ItemPage) -> Words:
    """What an item is, in words."""
    if item.kind == "file":
        return item.name
    label = f"{item.label}.{item.column}" if item.column else item.label
    said: Words = words.HELD.get(label) or words.HELD.get(item.label) or FIELDS.get(label) or label
    return said


def _seen(request: HttpRequest) -> dict[int, str]:
    """The texts of the page by their number, each with the hash of what was shown."""
    parts = (each.partition(".") for each in request.POST.getlist("seen")[:_MOST_STRINGS])
    return {int(number): seen for number, _dot, seen in parts if number.isdecimal() and len(number) < _DIGITS}


def _removed(request: HttpRequest) -> list[str]:
    """The suggestions that were left ticked, and what was written beside them, one a line."""
    written = request.POST.get("more", "").splitlines()
    return [*request.POST.getlist("removed"), *written][: _MOST_STRINGS + 1]


def _show(
    request: HttpRequest, desk: Desk, reference: str, found: ItemPage | None, refusal: Refusal | None = None
) -> HttpResponse:
    back = reverse("officer_request", args=[desk.slug, reference])
    if found is None:
        return show_section(request, desk, "requests/items_done", {"reference": reference, "back": back})
    context = {
        "item": found,
        "title": title_of(found),
        "fields": _fields(request, desk, found, refusal),
        "wrong_decision": refusal.fields.get("decision", "") if isinstance(refusal, Invalid) else "",
        "reference": reference,
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "words": words,
        "back": back,
    }
    return show_section(request, desk, "requests/item", context, refusal.status if refusal else 200)


def _fields(request: HttpRequest, desk: Desk, found: ItemPage, refusal: Refusal | None) -> tuple[Field, ...]:
    typed = Typed.of(request, refusal)
    fields = _removing(typed, found) if found.may_be_redacted else []
    if found.names_others or found.kind == "file":
        grounds = (
            Option("consent", gettext("The other person consents")),
            Option("reasonable", gettext("It is reasonable without their consent")),
        )
        label = gettext("If you disclose it and it identifies someone else")
        fields.append(typed.field("ground", label, Kind.ONE_OF, options=grounds, usual=found.ground))
    closed_list = exemptions(desk.actor, organisation=desk.organisation)
    usual = found.exemption or ("others" if found.names_others else "")
    options = (Option("", gettext("Choose one")), *(Option(*each) for each in closed_list.items()))
    label = gettext("If you withhold it, the exemption for this item")
    return (*fields, typed.field("exemption", label, Kind.CHOSEN, options=options, usual=usual))


def _removing(typed: Typed, found: ItemPage) -> list[Field]:
    """What is taken out: the suggestions, ticked, and room for more.

    Only what was refused for what was typed shows the same ticks: a text that changed has suggestions of its own.
    """
    more = typed.field("more", gettext("Also remove"), Kind.LONG_TEXT, hint=gettext("One on each line"), rows=2)
    error = typed.wrong.get("removed", "")
    if not found.suggested:
        return [replace(more, error=error)]
    ticked = tuple(typed.request.POST.getlist("removed")) if typed.wrong else found.suggested
    options = tuple(Option(each, each) for each in found.suggested)
    label = gettext("Removed when you redact")
    return [Field("removed", label, Kind.MANY_OF, options=options, value=ticked, error=error), more]
