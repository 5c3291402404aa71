"""Everything of a pack is opened in one reading for the request, and written anew as it was decided."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext, override

from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.protection.errors import ItemsLeft, SearchIsOld
from commonweal.capabilities.protection.models import (
    Ground,
    HarmCheck,
    Item,
    ItemDecision,
    ItemKind,
    Request,
    RequestKind,
    SearchedPlace,
)
from commonweal.capabilities.protection.queries.openings import all_openings
from commonweal.capabilities.protection.queries.packs.assembling import Gathered
from commonweal.capabilities.protection.queries.packs.content import is_changed
from commonweal.capabilities.protection.queries.packs.finding import FILES, to_decide
from commonweal.capabilities.protection.queries.packs.gathered import Given
from commonweal.capabilities.protection.queries.packs.silence import Silence, silence_of
from commonweal.capabilities.protection.queries.packs.subjects import About, about, suggesting_of
from commonweal.capabilities.protection.queries.packs.supplementing import as_data, rights_told, services_told
from commonweal.capabilities.protection.queries.packs.wording import in_words
from commonweal.capabilities.protection.queries.requests import officers_request
from commonweal.capabilities.protection.words import EXEMPTIONS_SAID
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.documents.redaction.texts import redacted
from commonweal.foundations.files.errors import NoSuchFile
from commonweal.foundations.files.opening import OpenedFile, open_any_file
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.reading import Forgotten, current_reading
from commonweal.foundations.personal_data.subjects.collecting import Treatment, collect
from commonweal.foundations.personal_data.subjects.looking import NoSuchRow, is_shown, value_at
from commonweal.foundations.personal_data.subjects.plan import Plan, PlannedColumn, plan_for
from commonweal.foundations.scope.actors import Staff


@query(opens=RIGHTS)
def gather(actor: Staff, *, organisation: int, reference: str, folder: Path) -> Gathered:
    """Write the data of a pack into an empty folder, as every item was decided; the rest is made by what is returned.

    Raises NotTheOfficer, NoSuchRequest, NotACopy, ItemsLeft, SearchIsOld.
    """
    request = officers_request(actor, organisation, reference)
    items = list(Item.objects.filter(organisation_id=organisation, request_id=request.id).order_by("number"))
    whom = about(actor, request)
    require_decided(request, items, whom)
    began, plan = now(), plan_for(SubjectKind.PERSON)
    _require_found(request, items, plan, whom)
    silence = silence_of(request, items, whom, plan)
    current_reading().fetch_keys([request.key_id])
    body = organisations.organisation(actor, organisation=organisation)
    with override(request.language):
        word = gettext("removed")
        treatment = Treatment(
            withheld=frozenset([*_withheld(items, silence), *silence.rows]),
            replaced=dict(_replaced(plan, items, Removals(suggesting_of(actor, request, whom.people).others), word)),
            only=_provided if request.kind == RequestKind.PORTABILITY else is_shown,
            worded=in_words(whom.cases),
        )
        data = folder / "data"
        collected = collect(plan, subjects=whom.people, folder=data, treatment=treatment)
        services, rights = services_told([case for case in whom.cases if case.is_own], body), rights_told(body)
        said = as_data(services, rights, collected)
        (folder / "about.json").write_text(json.dumps(said, indent=1, ensure_ascii=False))
        openings = all_openings(actor, organisation, tuple(whom.people), but=silence.hidden)
    return Gathered(
        reference=request.reference,
        organisation=body.name,
        language="cy" if request.language == "cy" else "en",
        word=word,
        folder=folder,
        gathered_at=began,
        plan=plan.version,
        collected=collected,
        services=services,
        rights=rights,
        openings=openings,
        given=tuple(_given(items, silence)),
        removals=Removals(_removed(plan, items, silence)),
        subject=request.subject_id,
    )


def require_decided(request: Request, items: list[Item], whom: About) -> None:
    """Raises ItemsLeft while an item waits, a place was not searched without a word why, or harm was not looked for."""
    here = {"organisation_id": request.organisation_id, "request_id": request.id}
    places = SearchedPlace.objects.filter(**here)
    checks = dict(HarmCheck.objects.filter(**here).values_list("service", "is_harmful"))
    needed = {case.service.name for case in whom.cases if case.harm_checked_by}
    is_open = not places.exists() or places.filter(found=None, why_not__isnull=True).exists()
    is_harmful = any(
        checks.get(item.service) and item.needs_harm_check and item.decision == ItemDecision.DISCLOSED for item in items
    )
    if is_open or is_harmful or needed - checks.keys() or any(not item.decision for item in items):
        raise ItemsLeft


def _require_found(request: Request, items: list[Item], plan: Plan, whom: About) -> None:
    """Raises SearchIsOld when there is something that nobody has looked at: it came, or was changed, after that."""
    known = {(item.label, item.row, item.field) for item in items}
    is_new = any(place not in known for place in to_decide(request, plan, whom))
    if is_new or any(is_changed(item) for item in items):
        raise SearchIsOld


def _withheld(items: list[Item], silence: Silence) -> Iterator[tuple[str, UUID]]:
    """Rows that stand nowhere: those about others that are withheld, files, and all that is told nowhere."""
    for item in items:
        if silence.covers(item) or (item.decision == ItemDecision.WITHHELD and item.kind != ItemKind.TEXT):
            yield item.label, item.row


def _replaced(
    plan: Plan, items: list[Item], removals: Removals, word: str
) -> Iterator[tuple[tuple[str, UUID, str], str]]:
    for item in items:
        if item.kind == ItemKind.TEXT and item.decision == ItemDecision.WITHHELD:
            yield (item.label, item.row, item.field), f"[{gettext('withheld')}: {EXEMPTIONS_SAID[item.exemption]}]"
        elif item.kind == ItemKind.TEXT and item.decision == ItemDecision.REDACTED:
            text = redacted(_text(plan, item), Removals(strings_taken_out(item)), word=word)
            yield (item.label, item.row, item.field), text
        elif item.kind == ItemKind.FILE and item.decision != ItemDecision.WITHHELD:
            name = redacted(_name(item), removals, word=word)
            yield (FILES, item.row, "name"), name


def _given(items: list[Item], silence: Silence) -> Iterator[Given]:
    for item in items:
        is_covered = silence.covers(item)
        is_open = item.kind == ItemKind.FILE and item.decision != ItemDecision.WITHHELD and not is_covered
        yield Given(
            number=item.number,
            kind=item.kind,
            label=item.label,
            row=item.row,
            column=item.field,
            reference=item.reference,
            decision=item.decision,
            ground=item.ground,
            exemption=item.exemption,
            is_silent=is_covered,
            strings=strings_taken_out(item),
            file=_opened(item.row) if is_open else None,
        )


def strings_taken_out(item: Item) -> tuple[str, ...]:
    """What is taken out of a redacted item. Needs an open reading."""
    held = item.redactions if item.decision == ItemDecision.REDACTED else None
    return tuple(json.loads(held)) if held else ()


def _removed(plan: Plan, items: list[Item], silence: Silence) -> list[str]:
    """What may stand nowhere in the pack: all that was taken out, but what another item tells them openly."""
    taken = {string for item in items for string in strings_taken_out(item)}
    told: set[str] = set()
    removals = Removals(taken)
    for item in items:
        is_open = item.decision == ItemDecision.DISCLOSED and item.ground in (Ground.CONSENT, Ground.REASONABLE)
        if taken and is_open and item.kind == ItemKind.TEXT and not silence.covers(item):
            told |= set(removals.found_in(_text(plan, item)))
    return sorted(taken - told)


def _provided(label: str, column: PlannedColumn) -> bool:
    """What the person gave themselves, which they may take elsewhere (UK GDPR Article 20)."""
    is_answer = label == "forms.answer" and column.name in {"submission_id", "question", "item", "value"}
    return is_shown(label, column) and (column.is_from_subject or is_answer)


def _text(plan: Plan, item: Item) -> str:
    try:
        return value_at(plan, label=item.label, row=item.row, field=item.field)
    except (NoSuchRow, Forgotten):
        return ""


def _name(item: Item) -> str:
    file = _opened(item.row)
    return file.name if file else ""


def _opened(row: UUID) -> OpenedFile | None:
    try:
        return open_any_file(row)
    except (NoSuchFile, Forgotten):
        return None
