"""Add notes to a case, for the person who deals with it next."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from commonweal.capabilities.cases.actions.changing import RETENTION, case_to_change
from commonweal.capabilities.cases.actions.writing import end_writing
from commonweal.capabilities.cases.models import Case, Note
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.clocks.now import now
from commonweal.foundations.errors import Invalid, Words
from commonweal.foundations.personal_data import keys
from commonweal.foundations.scope.actors import Staff
from commonweal.foundations.texts.typed import plain

_LONGEST_NOTE = 10_000


@dataclass(frozen=True)
class NewNote:
    """A note to keep with what is done; without words it is none. The page makes its id.

    The same words sent twice under one id are one note; other words, or another case or author, make another.
    """

    id: UUID
    text: str = field(repr=False)


@action()
def add_note(actor: Staff, *, organisation: int, case: UUID, text: str, note: UUID | None = None) -> None:
    """Add a note for the next person. The same words under the same `note` id are stored once.

    Raises Invalid.
    """
    found = case_to_change(actor, organisation, case)
    if not plain(text):
        raise Invalid({"text": _("Write the note before you add it")})
    keep_note(actor, found, NewNote(note or uuid7(), text))


def keep_note(actor: Staff, case: Case, note: NewNote | None) -> None:
    """Keep a note that has words. Raises Invalid when it is too long."""
    text = plain(note.text) if note else ""
    if not note or not text:
        return
    if len(text) > _LONGEST_NOTE:
        raise Invalid({"text": _("The note must be 10,000 characters or fewer")})
    row = _row_of(note.id, case.id, actor.account, text)
    if Note.objects.filter(organisation_id=case.organisation_id, id=row).exists():
        record("cases.note", row, case=case.id, repeat=True)
        return
    Note(
        id=row,
        organisation_id=case.organisation_id,
        key_id=keys.key_for_record(case.id, RETENTION),
        case_id=case.id,
        person_id=case.person_id,
        text=text,
        author_id=actor.account,
        written_at=now(),
    ).save(force_insert=True)
    end_writing(actor.account, case)
    record("cases.note", row, changed=["text"], case=case.id)


def _row_of(note: UUID, case: UUID, author: UUID, text: str) -> UUID:
    """The row of what one author wrote on one case under the page's id: equal exactly when a note is sent again.

    The page's id is kept nowhere, so that nobody can try out later which words a row was made of.
    """
    return uuid5(note, hashlib.sha256(case.bytes + author.bytes + text.encode()).hexdigest())


def require_words(text: str, *, field: str = "text", longest: int, if_missing: Words, if_longer: Words) -> str:
    """The words that were typed. Raises Invalid without any, or with more than the `longest` number of characters."""
    words = plain(text)
    if not words:
        raise Invalid({field: if_missing})
    if len(words) > longest:
        raise Invalid({field: if_longer})
    return words
