"""The document of a pack that is read: rights, services, the first rows of each table, openings and decisions."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext

from commonweal.capabilities.protection.models import ItemDecision
from commonweal.capabilities.protection.queries.openings import OpeningRow
from commonweal.capabilities.protection.queries.packs.gathered import Contents, Given, of_others, told
from commonweal.capabilities.protection.queries.packs.wording import ANSWER, ASKED, title_of
from commonweal.capabilities.protection.words import EXEMPTIONS_SAID, TABLES_SAID
from commonweal.foundations.clocks.now import LONDON, today
from commonweal.foundations.documents import packs
from commonweal.foundations.personal_data.subjects.collecting import Collected


def reading_copy(gathered: Contents, given: Iterable[Given]) -> bytes:
    """The bounded PDF: rights, services, first rows of each table, openings and manifest."""
    content = packs.Pack(
        author=gathered.organisation,
        title=gettext("A copy of the information we hold about you"),
        on=today(),
        lines=(
            gettext("Our reference: %(reference)s") % {"reference": gathered.reference},
            gettext("This document shows the first rows of each part. Everything is in the folders beside it."),
            gettext("A spreadsheet takes what begins with =, +, - or @ for a formula: open CSV files as text."),
        ),
        sections=(
            packs.Section(gettext("Your rights"), gathered.rights),
            *(service.section() for service in gathered.services),
            *(_table(one) for one in gathered.collected if one.rows),
            _opened(gathered.openings),
            _decided(given),
        ),
        language=gathered.language,
    )
    return packs.pack_pdf(content, own_fonts=Path(settings.FONTS) if settings.FONTS else None)


def _table(one: Collected) -> packs.Section:
    lines = (gettext("%(rows)s rows, in data/%(name)s.csv") % {"rows": one.rows, "name": one.table.label},)
    rows = (packs.Row(f"{number}", tuple(_shown(one, row))) for number, row in enumerate(one.first, start=1))
    return packs.Section(str(TABLES_SAID.get(one.table.label, one.table.label)), lines, tuple(rows))


def _shown(one: Collected, row: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The columns of a row as they are read: an answer with its question, and codes only where nothing says them.

    The numbers by which rows know each other tell a person nothing: they stand in the data.
    """
    left_out = {*one.coded, *(column.name for column in one.columns if column.format == "uuid")}
    values = dict(zip((column.name for column in one.columns), row, strict=True))
    if ASKED in values:
        yield values.pop(ASKED), values.pop(ANSWER)
    for name, value in values.items():
        if value and name not in left_out:
            yield title_of(one.table.label, name) or name, value


def _opened(openings: tuple[OpeningRow, ...]) -> packs.Section:
    lines = (gettext("%(rows)s entries, in data/openings.csv") % {"rows": len(openings)},)
    first = (
        packs.Row(
            date_format(row.first.astimezone(LONDON), "j F Y, H:i"),
            ((row.who, "; ".join((*row.purposes, *row.channels))),),
        )
        for row in openings[:50]
    )
    return packs.Section(gettext("When your information was opened"), lines, tuple(first))


def _decided(given: Iterable[Given]) -> packs.Section:
    """What a person looked at before this copy was made, and what became of it."""
    said = {
        ItemDecision.DISCLOSED: gettext("given"),
        ItemDecision.REDACTED: gettext("given, with words about others removed"),
        ItemDecision.WITHHELD: gettext("not given"),
    }
    rows = tuple(
        packs.Row(
            str(number),
            (
                (gettext("What"), " ".join(filter(None, (item.label, item.column, item.reference, item.path)))),
                (gettext("Decided"), said[ItemDecision(item.decision)]),
                *([(gettext("Because"), str(EXEMPTIONS_SAID[item.exemption]))] if item.exemption else []),
            ),
        )
        for number, item in enumerate(told(given), start=1)
        if item.decision != ItemDecision.DISCLOSED or item.path
    )
    return packs.Section(gettext("What a person decided"), (of_others(),), rows)
