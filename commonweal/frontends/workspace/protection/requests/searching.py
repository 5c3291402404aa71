"""The search for a copy: begun with one press, filled from the declarations, and completed by people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.protection.actions.searching import begin_search, note_place
from commonweal.capabilities.protection.queries.packs.searched import PlaceRow, search_page
from commonweal.foundations.design.parts import Field, Kind, Option
from commonweal.foundations.errors import Conflict, Invalid, Refusal, Words
from commonweal.frontends.pages import BadRequest
from commonweal.frontends.workspace.desk import Desk, at_desk
from commonweal.frontends.workspace.protection.requests import words
from commonweal.frontends.workspace.protection.sections import show_section
from commonweal.frontends.workspace.typed import Typed


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@at_desk
def search(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """The record of the search; a POST begins it, or keeps what a person found. Raises NotTheOfficer, NoSuchRequest."""
    if request.method != "POST":
        return _show(request, desk, reference)
    what = request.POST.get("do", "")
    try:
        if what == "begin":
            begin_search(desk.actor, organisation=desk.organisation, reference=reference)
        elif what in ("note", "more"):
            _note(request, desk, reference)
        else:
            raise BadRequest
    except (Invalid, Conflict) as refusal:
        return _show(request, desk, reference, refusal)
    return redirect(reverse("request_search", args=[desk.slug, reference]))


def _note(request: HttpRequest, desk: Desk, reference: str) -> None:
    """What was found in the places that are open, all at once, or one place more."""
    is_more = request.POST.get("do") == "more"
    page = search_page(desk.actor, organisation=desk.organisation, reference=reference)
    places: list[PlaceRow | None] = [None] if is_more else [row for row in page.places if row.is_open]
    wrong: dict[str, Words] = {}
    for row in places:
        mark = str(row.id) if row else "more"
        try:
            _note_one(request, desk, reference, row, mark)
        except Invalid as refusal:
            wrong |= {_of_place(name, mark): text for name, text in refusal.fields.items()}
    if wrong:
        raise Invalid(wrong)


def _note_one(request: HttpRequest, desk: Desk, reference: str, row: PlaceRow | None, mark: str) -> None:
    found = request.POST.get(f"found-{mark}", "").strip()
    note_place(
        desk.actor,
        organisation=desk.organisation,
        reference=reference,
        place=row.id if row else None,
        kind=row.kind if row else request.POST.get("kind", ""),
        name=request.POST.get("name", ""),
        terms=request.POST.get(f"terms-{mark}", ""),
        found=int(found) if found.isdecimal() and len(found) < 8 else None,
        why_not="" if found.isdecimal() else request.POST.get(f"why_not-{mark}", ""),
    )


def _of_place(name: str, mark: str) -> str:
    """The name of a field on the page, where each place has fields of its own."""
    return name if name in ("name", "kind") else f"{name}-{mark}"


def _show(request: HttpRequest, desk: Desk, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    page = search_page(desk.actor, organisation=desk.organisation, reference=reference)
    typed = Typed.of(request, refusal)
    open_places = [(row, _place_fields(typed, str(row.id))) for row in page.places if row.is_open]
    more = _more_fields(typed)
    context = {
        "page": page,
        "open_places": open_places,
        "more": more,
        "fields": [each for _row, fields in open_places for each in fields] + list(more),
        "refusal": refusal if isinstance(refusal, Conflict) else None,
        "words": words,
        "back": reverse("officer_request", args=[desk.slug, page.reference]),
    }
    return show_section(request, desk, "requests/search", context, refusal.status if refusal else 200)


def _place_fields(typed: Typed, mark: str) -> tuple[Field, ...]:
    how_much, hint = gettext("How much was found"), gettext("A number; 0 for nothing")
    return (
        typed.field(f"terms-{mark}", gettext("What was searched for")),
        typed.field(f"found-{mark}", how_much, hint=hint, width=5),
        typed.field(f"why_not-{mark}", gettext("If it was not searched: why not")),
    )


def _more_fields(typed: Typed) -> tuple[Field, ...]:
    kinds = tuple(Option(code, words.PLACES[code]) for code in ("paper", "database", "other"))
    return (
        typed.field("kind", gettext("What is it?"), Kind.ONE_OF, options=kinds),
        typed.field("name", gettext("The place")),
        *_place_fields(typed, "more"),
    )
