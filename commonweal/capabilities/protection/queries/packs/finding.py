"""The first look over everything held about somebody: places that were searched, and the items to decide one by one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language, gettext

from commonweal.capabilities.protection.errors import NotMatched
from commonweal.capabilities.protection.models import ItemKind, Pack, PlaceKind, Request
from commonweal.capabilities.protection.queries.packs.subjects import About, about, is_ours, suggesting_of
from commonweal.capabilities.protection.queries.requests import officers_request
from commonweal.foundations.actions.query import query
from commonweal.foundations.files.listing import StoredRow, stored_files
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.purposes import RIGHTS
from commonweal.foundations.personal_data.subjects.looking import count_rows
from commonweal.foundations.personal_data.subjects.plan import Plan, plan_for
from commonweal.foundations.personal_data.subjects.texts import Text, others, texts
from commonweal.foundations.scope.actors import Staff

FILES = "files.file"


@dataclass(frozen=True)
class FoundPlace:
    """A place that the platform searched by itself, and how much it found; `found` is None where people must look."""

    kind: PlaceKind
    code: str
    place: str
    found: int | None


@dataclass(frozen=True)
class FoundItem:
    """Something to decide: what and where it is, of which case, and whether it names others."""

    kind: ItemKind
    label: str
    row: UUID
    field: str = ""
    other: UUID | None = None
    record: UUID | None = None
    media_type: str = ""
    names_others: bool = False


@dataclass(frozen=True)
class Found:
    """What a search found; the texts themselves are not kept."""

    about: About = field(repr=False)
    plan: str
    places: tuple[FoundPlace, ...]
    items: tuple[FoundItem, ...]


@query(opens=RIGHTS)
def find_held(actor: Staff, *, organisation: int, reference: str) -> Found:
    """Search everything that is declared for the person of a request, and open what must be decided.

    Raises NotTheOfficer, NoSuchRequest, NotACopy, NotMatched.
    """
    request = officers_request(actor, organisation, reference)
    whom = about(actor, request)
    if not request.is_matched:
        raise NotMatched
    plan = plan_for(SubjectKind.PERSON)
    files = _files(request, whom)
    items = tuple(_items(actor, request, plan, whom, files))
    return Found(whom, plan.version, tuple(_places(plan, whom, len(files))), items)


def _places(plan: Plan, whom: About, files: int) -> Iterator[FoundPlace]:
    counted = count_rows(plan, subjects=whom.people)
    for table, rows in counted:
        if rows:
            yield FoundPlace(PlaceKind.TABLE, table.label, table.label, rows)
    empty = sum(not rows for _table, rows in counted)
    words = gettext("All %(count)d other tables of this platform") % {"count": empty}
    yield FoundPlace(PlaceKind.TABLE, "others", words, 0)
    for name, cases in sorted(Counter(case.service.name for case in whom.cases).items()):
        title = next(case.service.title for case in whom.cases if case.service.name == name)
        yield FoundPlace(PlaceKind.SERVICE, f"service.{name}", title.in_language(get_language()), cases)
    yield FoundPlace(PlaceKind.FILES, "files", gettext("Files kept with cases"), files)
    yield FoundPlace(PlaceKind.DATABASE, "databases", gettext("Other databases of the organisation"), None)
    yield FoundPlace(PlaceKind.PAPER, "paper", gettext("Paper: files, boxes and stores"), None)


def _items(
    actor: Staff, request: Request, plan: Plan, whom: About, files: tuple[StoredRow, ...]
) -> Iterator[FoundItem]:
    suggesting = suggesting_of(actor, request, whom.people)
    for text in _texts(request, plan, whom):
        yield FoundItem(
            ItemKind.TEXT,
            text.label,
            text.row,
            text.field,
            record=text.through,
            names_others=bool(suggesting.of(text.text, is_ours=is_ours(text.label)).found_in(text.text)),
        )
    for other in others(plan, subjects=whom.people):
        if other.label != FILES:
            yield FoundItem(ItemKind.ROW, other.label, other.row, other=other.subject, names_others=True)
    for file in files:
        yield FoundItem(ItemKind.FILE, FILES, file.id, record=file.record, media_type=file.media_type)


def to_decide(request: Request, plan: Plan, whom: About) -> Iterator[tuple[str, UUID, str]]:
    """The label, row and field of everything that a person must look at. Needs an open reading."""
    yield from ((text.label, text.row, text.field) for text in _texts(request, plan, whom))
    rows = others(plan, subjects=whom.people)
    yield from ((other.label, other.row, "") for other in rows if other.label != FILES)
    yield from ((FILES, file.id, "") for file in _files(request, whom))


def _texts(request: Request, plan: Plan, whom: About) -> Iterator[Text]:
    for text in texts(plan, subjects=whom.people):
        is_copied = plan.table(text.label).is_collected
        if is_copied and text.label != FILES and request.id not in (text.row, text.through) and text.text:
            yield text


def _files(request: Request, whom: About) -> tuple[StoredRow, ...]:
    return stored_files(subjects=whom.people, records=whom.by_record, except_of=_packs(request))


def _packs(request: Request) -> set[UUID]:
    """Copies that were made before are no part of a copy."""
    packs = Pack.objects.filter(organisation_id=request.organisation_id, subject_id=request.subject_id)
    return set(packs.values_list("id", flat=True))
