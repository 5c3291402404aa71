"""List the files about someone or in their records, without opening anything."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from commonweal.foundations.files.models import State, StoredFile
from commonweal.foundations.scope.scopes import current_scope


@dataclass(frozen=True)
class StoredRow:
    """A file by its id, what it belongs to, what it is, and who brought it."""

    id: UUID
    record: UUID | None
    media_type: str
    holder_kind: str


def facts_of(file: UUID) -> dict[str, bool]:
    """What the examination found in a stored file; nothing of one that is gone."""
    rows = StoredFile.objects.filter(organisation_id=current_scope().organisation, id=file)
    return dict(rows.values_list("facts", flat=True).first() or {})


def stored_files(
    *, subjects: Collection[UUID], records: Collection[UUID], except_of: Collection[UUID] = ()
) -> tuple[StoredRow, ...]:
    """The files of these people and of these records, oldest first, but those of the records `except_of`."""
    wanted = Q(subject_id__in=subjects) | Q(record_id__in=records)
    here = StoredFile.objects.filter(wanted, organisation_id=current_scope().organisation, state=State.STORED)
    rows = here.exclude(record_id__in=except_of).order_by("id")
    return tuple(StoredRow(*row) for row in rows.values_list("id", "record_id", "media_type", "holder_kind"))
