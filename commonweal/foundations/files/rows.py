"""Find and lock rows of files, and check whose they are."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.clocks.now import now
from commonweal.foundations.files.errors import NoSuchFile, NotAccepted
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.scope.actors import Actor

ABOUT = "files.file"


def lock(organisation: int, file: UUID) -> StoredFile:
    """The file, which nobody else changes until this is done. Raises NoSuchFile."""
    row = StoredFile.objects.select_for_update().filter(organisation_id=organisation, id=file).first()
    if row is None:
        raise NoSuchFile
    return row


def lock_own(actor: Actor, organisation: int, file: UUID) -> StoredFile:
    """The actor's own upload. Raises NoSuchFile."""
    row = lock(organisation, file)
    if not is_own(actor, row):
        raise NoSuchFile
    return row


def is_own(actor: Actor, row: StoredFile) -> bool:
    return (row.holder_kind, row.holder_id) == (actor.kind, actor.id) and not is_over(row)


def too_many() -> NotAccepted:
    words = _("You can add up to %(most)d files here. Remove one first.")
    return NotAccepted("count", words % {"most": settings.FILES_MOST})


def is_over(row: StoredFile) -> bool:
    return row.expires_at is not None and row.expires_at <= now()


def change(row: StoredFile, *written: str, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, *written])
