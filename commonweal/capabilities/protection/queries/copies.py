"""The copy of what people told of themselves: to read as PDF, to use elsewhere as CSV and JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.capabilities.catalogue.queries.wording import Nation
from commonweal.capabilities.organisations import queries as organisations
from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.errors import NoSuchCopy
from commonweal.capabilities.protection.models import Copy
from commonweal.capabilities.protection.queries.copy_schema import Application, Information, Item, Opening
from commonweal.capabilities.protection.queries.information import CaseHeld, Held, Told, all_held
from commonweal.capabilities.protection.queries.openings import OpeningRow, all_openings
from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import LONDON, now, today
from commonweal.foundations.documents.packs import Pack, Row, Section, pack_pdf
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION
from commonweal.foundations.scope.actors import Resident

Form = Literal["pdf", "csv", "json"]


@dataclass(frozen=True)
class CopyFile:
    """A copy in one form, ready to be sent; its name says nothing of whose it is."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@query(opens=OWN_INFORMATION)
def own_copy(actor: Resident, *, organisation: int, copy: UUID, form: Form) -> CopyFile:
    """The copy that the signed-in person asked for within the half hour, in one form. Raises NoSuchCopy."""
    require_fresh(actor, organisation, copy)
    body = organisations.organisation(actor, organisation=organisation)
    held = all_held(actor, organisation)
    made = _information(body, held, all_openings(actor, organisation, held.people))
    write, media_type = FORMS[form]
    return CopyFile(f"{body.slug}-{today()}.{form}", media_type, write(made))


@query()
def own_copy_page(actor: Resident, *, organisation: int, copy: UUID) -> datetime:
    """Until when the copy can be fetched. Raises NoSuchCopy."""
    return require_fresh(actor, organisation, copy) + Copy.FRESH


def require_fresh(actor: Resident, organisation: int, copy: UUID) -> datetime:
    """When the copy was asked for. Raises NoSuchCopy for another's, and once its half hour is over."""
    if actor.account is None:
        raise NoSuchCopy
    found = Copy.objects.filter(organisation_id=organisation, id=copy, account_id=actor.account)
    made_at = found.filter(made_at__gt=now() - Copy.FRESH).values_list("made_at", flat=True).first()
    if made_at is None:
        raise NoSuchCopy
    return made_at


def _information(body: OrganisationRow, held: Held, openings: Iterable[OpeningRow]) -> Information:
    return Information(
        organisation=body.name,
        made=now(),
        language=get_language() or "en",
        records=[[_item(told) for told in record.told] for record in held.shown_records if record.told],
        applications=[_application(case, body.nation) for case in held.cases if case.told],
        openings=[
            Opening(
                first=row.first,
                last=row.last,
                times=row.times,
                who=row.who,
                purposes=list(row.purposes),
                channels=list(row.channels),
                references=list(row.references),
            )
            for row in openings
        ],
    )


def _application(case: CaseHeld, nation: str) -> Application:
    service, language = case.submission.service, get_language()
    lawfulness = service.lawfulness
    return Application(
        reference=case.own.reference,
        service=service.name,
        title=service.title.in_language(language),
        received=case.own.opened_at,
        channel=case.submission.channel,
        purpose=lawfulness.purpose.in_language(language),
        lawful_basis=lawfulness.basis.value,
        law=lawfulness.law[Nation(nation)].in_language(language),
        seen_by=[each.in_language(language) for each in lawfulness.seen_by],
        kept_until=case.kept_until,
        items=[_item(told) for told in case.told],
    )


def _item(told: Told) -> Item:
    return Item(
        key=told.key,
        label=str(told.label),
        value=told.value,
        category=told.category.value,
        why=str(told.why),
        portable=told.is_portable,
    )


def _as_json(made: Information) -> bytes:
    said = {"$schema": f"{settings.ADDRESS}/information.schema.json", **made.model_dump(mode="json")}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


_COLUMNS = ("reference", "service", "key", "label", "value", "category", "why", "portable")


def _as_csv(made: Information) -> bytes:
    """One line for each thing told, with a mark by which a spreadsheet knows the letters."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows(_lines(made))
    return text.getvalue().encode("utf-8-sig")


def _lines(made: Information) -> Iterator[tuple[str, ...]]:
    groups = [("", "", record) for record in made.records]
    groups += [(each.reference, each.service, each.items) for each in made.applications]
    for reference, service, items in groups:
        for item in items:
            told = (item.key, item.label, item.value, item.category, item.why)
            yield reference, service, *told, "yes" if item.portable else "no"


def _as_pdf(made: Information) -> bytes:
    fonts = Path(settings.FONTS) if settings.FONTS else None
    language: Literal["en", "cy"] = "cy" if made.language.startswith("cy") else "en"
    lines = (_("This is what you told us about yourself. For everything else we hold, ask for a copy of everything."),)
    sections = (*_told_sections(made), _opened_section(made))
    pack = Pack(
        author=made.organisation,
        title=_("Your information"),
        on=today(),
        lines=lines,
        sections=sections,
        language=language,
    )
    return pack_pdf(pack, own_fonts=fonts)


def _told_sections(made: Information) -> Iterator[Section]:
    for number, record in enumerate(made.records, start=1):
        title = _("Your record") if len(made.records) == 1 else _("Your record %(number)s") % {"number": number}
        yield Section(title, (), (_row(title, record),))
    for each in made.applications:
        lines = (each.purpose, each.law, *each.seen_by)
        yield Section(f"{each.title} ({each.reference})", lines, (_row(each.reference, each.items),))


def _row(title: str, items: list[Item]) -> Row:
    return Row(title, tuple((item.label, item.value) for item in items))


def _opened_section(made: Information) -> Section:
    rows = tuple(
        Row(
            date_format(each.first.astimezone(LONDON), "j F Y, H:i"),
            ((each.who, "; ".join((*each.purposes, *each.channels, *each.references))),),
        )
        for each in made.openings
    )
    return Section(_("When your information was opened"), (), rows)


FORMS: dict[Form, tuple[Callable[[Information], bytes], str]] = {
    "pdf": (_as_pdf, "application/pdf"),
    "csv": (_as_csv, "text/csv; charset=utf-8"),
    "json": (_as_json, "application/json"),
}
