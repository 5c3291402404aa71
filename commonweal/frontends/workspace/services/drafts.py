"""Writing a draft: the text of a declaration in the browser, with what is wrong beside its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.capabilities.catalogue import actions
from commonweal.capabilities.catalogue.errors import DraftMoved, NoDraft, NoSuchVersion
from commonweal.capabilities.catalogue.queries import designing
from commonweal.capabilities.catalogue.queries.wording import slug_of
from commonweal.capabilities.identity.queries import colleagues
from commonweal.foundations.design.parts import Field, Kind
from commonweal.foundations.errors import Invalid, Refusal
from commonweal.foundations.texts.typed import as_stored
from commonweal.frontends.workspace.desk import Desk, at_desk, show
from commonweal.frontends.workspace.services.listing import DONE, find_draft, name_of, number_in

_AROUND = 2
"""How many lines are shown before and after a faulty one."""


@dataclass(frozen=True)
class Text:
    """The texts as they stand in the boxes: the revision and the live number they were written on."""

    declaration: str
    overrides: str
    seen: int
    based_on: int


@dataclass(frozen=True)
class Shown:
    """A fault with the lines around it, each with its number; `anchor` is where the summary leads."""

    fault: designing.FaultRow
    lines: tuple[tuple[int, str], ...]
    anchor: str


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def new_service(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin a service that the body does not have yet. Raises NotADesigner."""
    designing.designed(desk.actor, organisation=desk.organisation)
    if request.method != "POST":
        return _show_new(request, desk)
    name = request.POST.get("name", "").strip()
    try:
        actions.keep_draft(desk.actor, organisation=desk.organisation, name=name, text=_typed(request, "text"))
    except (Invalid, DraftMoved) as refusal:
        return _show_new(request, desk, refusal)
    return HttpResponseRedirect(f"{reverse('service_draft', args=[desk.slug, slug_of(name)])}?done=kept")


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def draft(request: HttpRequest, desk: Desk, service: str) -> HttpResponse:
    """The draft, or what is live to begin one from; a POST keeps it or throws it away.

    Raises NoSuchVersion, NotADesigner.
    """
    if request.method != "POST":
        return _show(request, desk, service, _begin(desk, service))
    texts = _typed(request, "text"), _typed(request, "overrides")
    typed = Text(*texts, number_in(request, "seen"), number_in(request, "based_on"))
    try:
        if request.POST.get("do") == "discard":
            actions.discard_draft(desk.actor, organisation=desk.organisation, name=name_of(service), seen=typed.seen)
            return HttpResponseRedirect(f"{reverse('designed', args=[desk.slug])}?done=discarded")
        actions.keep_draft(
            desk.actor,
            organisation=desk.organisation,
            name=name_of(service),
            text=typed.declaration,
            overrides=typed.overrides,
            seen=typed.seen,
            based_on=typed.based_on,
        )
    except (DraftMoved, NoDraft) as refusal:
        return _show(request, desk, service, typed, refusal)
    return HttpResponseRedirect(f"{reverse('service_draft', args=[desk.slug, service])}?done=kept")


def _begin(desk: Desk, service: str) -> Text:
    """The draft as it is kept, else the newest version's texts."""
    kept = find_draft(desk, service)
    if kept is not None:
        return Text(kept.text, kept.overrides, kept.revision, kept.based_on)
    versions = designing.versions(desk.actor, organisation=desk.organisation, name=name_of(service))
    if not versions:
        raise NoSuchVersion
    newest = next((row for row in versions if row.is_live), versions[0])
    return Text(newest.text, newest.overrides, 0, newest.number if newest.is_live else 0)


def _show(request: HttpRequest, desk: Desk, service: str, text: Text, refusal: Refusal | None = None) -> HttpResponse:
    kept = find_draft(desk, service)
    seen = kept.revision if kept and refusal else 0 if refusal else text.seen
    faults = _beside_lines(kept) if kept and refusal is None else ()
    who = colleagues.names_of(desk.actor, organisation=desk.organisation, accounts=_somebody(kept))
    context = {
        "service": service,
        "fields": _fields(text),
        "seen": seen,
        "based_on": text.based_on,
        "kept": kept,
        "theirs": kept if isinstance(refusal, DraftMoved) else None,
        "who": next(iter(who.values()), ""),
        "faults": faults,
        "errors": [{"text": f"{one.fault.field}: {one.fault.sentence}", "href": f"#{one.anchor}"} for one in faults],
        "refusal": refusal,
        "done": DONE.get(request.GET.get("done", "")) if refusal is None else None,
    }
    return show(request, desk, "services/draft", context, refusal.status if refusal else 200)


def _show_new(request: HttpRequest, desk: Desk, refusal: Refusal | None = None) -> HttpResponse:
    wrong = refusal.fields if isinstance(refusal, Invalid) else {}
    if isinstance(refusal, DraftMoved):
        wrong = {
            "name": _(
                "Someone is already writing a draft with this name: choose another name, or continue with that draft"
            )
        }
    fields = (
        Field(
            "name",
            _("Name of the service"),
            hint=_("The same as after “name:” in its text, for example lost_property. You cannot change it later."),
            value=request.POST.get("name", "")[:80],
            error=wrong.get("name", ""),
            width=30,
        ),
        _text_field(_typed(request, "text")),
    )
    context = {"fields": fields, "has_errors": bool(wrong)}
    return show(request, desk, "services/new", context, refusal.status if refusal else 200)


def _fields(text: Text) -> tuple[Field, ...]:
    return (
        _text_field(text.declaration),
        Field(
            "overrides",
            _("What we say differently"),
            Kind.LONG_TEXT,
            hint=_("Our own title, words, team, fee and periods on top of a shared text. Leave it empty for none."),
            value=text.overrides,
            rows=8,
            attributes={"spellcheck": "false"},
        ),
    )


def _text_field(text: str) -> Field:
    hint = _("Paste or edit YAML here. When you save it, we show each mistake beside its line.")
    return Field(
        "text",
        _("Text of the service"),
        Kind.LONG_TEXT,
        hint=hint,
        value=text,
        rows=26,
        attributes={"spellcheck": "false"},
    )


def _beside_lines(kept: designing.DraftRow) -> tuple[Shown, ...]:
    return tuple(_beside(number, fault, kept) for number, fault in enumerate(kept.faults, 1))


def _beside(number: int, fault: designing.FaultRow, kept: designing.DraftRow) -> Shown:
    lines = (kept.overrides if fault.is_override else kept.text).split("\n")
    first = max(fault.line - 1 - _AROUND, 0)
    around: Iterable[tuple[int, str]] = enumerate(lines[first : fault.line + _AROUND], first + 1)
    return Shown(fault, tuple((place, line[:200]) for place, line in around), f"fault-{number}")


def _somebody(kept: designing.DraftRow | None) -> list[UUID]:
    return [kept.changed_by] if kept and kept.changed_by else []


def _typed(request: HttpRequest, name: str) -> str:
    return as_stored(request.POST.get(name, ""))
