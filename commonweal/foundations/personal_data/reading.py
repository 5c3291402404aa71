"""A reading is the only place where sealed values open: for one purpose, with a trace that commits before it ends."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Refusal, Words
from commonweal.foundations.personal_data import keys, trace
from commonweal.foundations.personal_data.declarations import privacy_of
from commonweal.foundations.personal_data.keyring import keyring
from commonweal.foundations.personal_data.models import Opening
from commonweal.foundations.personal_data.purposes import APPLYING, CASEWORK, OWN_INFORMATION, SAFETY, Purpose
from commonweal.foundations.personal_data.restricting import (
    OPEN_PURPOSES,
    Restricted,
    Restrictions,
    restrictions,
    restrictions_with_keys,
)
from commonweal.foundations.personal_data.sealing import CannotOpen, Opener, key_named_by, open_sealed
from commonweal.foundations.personal_data.trace import NO_MATTER, Charge, Matter, ReadingRefused
from commonweal.foundations.scope.actors import Actor, DraftHolder, Resident, Staff, Supplier, System
from commonweal.foundations.scope.scopes import Kind, Scope, open_scope_or_none, reading_scope

logger = logging.getLogger(__name__)


class NotReading(RuntimeError):
    """A sealed value was touched outside a reading: a defect, never a person's mistake."""


class Forgotten(Refusal):
    """The key was destroyed: what it sealed is gone."""

    status = 410
    code = "forgotten"
    title: Words = _("This information has been erased")
    message: Words = _("It was removed from our live systems and cannot be brought back.")


class Reading:
    """An open reading: opens values, and remembers whose, to be written as its trace."""

    def __init__(self, scope: Scope, purpose: Purpose, kind: Opening) -> None:
        self.scope, self.purpose, self.kind = scope, purpose, kind
        self.matter = NO_MATTER
        self.reason = scope.actor.glass if isinstance(scope.actor, Staff) else ""
        self._keys: dict[UUID, bytes] = {}
        self._restrictions: Restrictions | None = None
        self._charges: dict[tuple[UUID, Matter], set[str]] = {}
        actor = scope.actor
        self._only: frozenset[UUID] | None = None
        if isinstance(actor, DraftHolder):
            self._only = frozenset({actor.draft})
        elif isinstance(actor, Resident):
            self._only = frozenset()

    def about(self, matter: Matter) -> None:
        """Set the matter that everything opened from here on belongs to."""
        self.matter = matter

    def needed(self, reason: str) -> None:
        """Record the reason given for a prompt on every line of the reading, unless the glass was broken."""
        self.reason = self.reason or reason

    def is_of_own(self, *subjects: UUID) -> None:
        """Say which records are the resident's own; until then their reading opens nothing.

        Whoever fills in a draft signed in may also open what they told before, which is then filled in for them.
        """
        actor = self.scope.actor
        if isinstance(actor, Resident):
            self._only = frozenset(subjects)
        elif isinstance(actor, DraftHolder) and actor.account is not None:
            self._only = frozenset({actor.draft, *subjects})

    def knows_key(self, key_id: UUID, wrapped: bytes, wrapped_by: str) -> None:
        """Take a key that a list's query joined, so that no row asks for its own."""
        if key_id not in self._keys:
            self._keys[key_id] = keyring().unwrap(wrapped, key_id=key_id, wrapped_by=wrapped_by)

    def fetch_keys(self, key_ids: Iterable[UUID]) -> None:
        """Fetch the keys of several rows in one query."""
        wanted = set(key_ids) - set(self._keys)
        if wanted and self._restrictions is None and self.purpose not in OPEN_PURPOSES:
            self._restrictions, found = restrictions_with_keys(wanted)
            for key_id, wrapped, wrapped_by in found:
                self.knows_key(key_id, wrapped, wrapped_by)
        elif wanted:
            self._keys.update(keys.unwrapped(wanted))

    def is_restricted(self, subject: UUID) -> bool:
        """Whether the subject's information is restricted here, with no lawful ground chosen for the matter."""
        if self.purpose in OPEN_PURPOSES or self.matter.concerns_rights:
            return False
        if self._restrictions is None:
            self._restrictions = restrictions()
        return self._restrictions.hold(subject, self.matter.reference) and not self._take_ground()

    def require_open(self, subject: UUID) -> None:
        """Check that this subject's data may be opened; every opening calls it first. Raises ReadingRefused,
        Restricted."""
        if self._only is not None and subject not in self._only:
            raise ReadingRefused("not_own", purpose=self.purpose, subject=subject, matter=self.matter)
        if self.is_restricted(subject):
            raise Restricted

    def _take_ground(self) -> bool:
        """The ground the actor chose for what is restricted in this matter is what the trace then says."""
        ground = self.scope.actor.ground_for(self.matter.reference) if isinstance(self.scope.actor, Staff) else ""
        self.reason = ground or self.reason
        return bool(ground)

    def open_field(self, instance: models.Model, field: Any, value: bytes) -> str:
        """Open a sealed field of a row, charged to the row's subject."""
        privacy = privacy_of(type(instance))
        if privacy is None:
            raise NotReading(f"{type(instance).__name__} declares no subject.")
        return self.open_value(value, label=field.label, row=instance.pk, subject=getattr(instance, privacy.subject))

    def open_value(self, value: bytes, *, label: str, row: UUID, subject: UUID) -> str:
        """Open a sealed value read as a tuple, charged to `subject`.

        Raises Forgotten when its key was destroyed, Restricted when it is kept and not used, CannotOpen when it is not
        as it was sealed.
        """
        key_id = key_named_by(value)
        if key_id not in self._keys:
            self.fetch_keys([key_id])
        self.require_open(subject)
        if key_id not in self._keys:
            raise Forgotten
        with _told(label, row):
            text = open_sealed(value, key=self._keys[key_id], label=label, row=row)
        self._charges.setdefault((subject, self.matter), set()).add(label)
        return text

    def open_column(
        self,
        values: Sequence[bytes | None],
        *,
        label: str,
        rows: Sequence[UUID | str],
        subjects: Sequence[UUID | str],
    ) -> list[str | None]:
        """Open a column of many rows, charged once for each of their subjects; ERASED where a key was destroyed.

        Raises Restricted when something of it is kept and not used.
        """
        about = {subject for subject, value in zip(subjects, values, strict=True) if value is not None}
        charged = {UUID(subject) if isinstance(subject, str) else subject for subject in about}
        held = {value[1:17] for value in values if value is not None}
        self.fetch_keys(map(_id_of, held))  # first: who is restricted comes in the same statement
        for subject in charged:
            self.require_open(subject)
        opener = Opener({name: self._keys[key] for name in held if (key := _id_of(name)) in self._keys}, label=label)
        with _told(label):
            texts = [
                None if value is None else opener.open(value, row) for value, row in zip(values, rows, strict=True)
            ]
        for subject in charged:
            self._charges.setdefault((subject, self.matter), set()).add(label)
        return texts

    def charges(self) -> list[Charge]:
        return [Charge(subject, matter, frozenset(labels)) for (subject, matter), labels in self._charges.items()]


@contextmanager
def _told(label: str, row: UUID | None = None) -> Iterator[None]:
    """Log the place of a value that was damaged or tampered with, but none of its content."""
    try:
        yield
    except CannotOpen:
        logger.error("A value of %s is not as it was sealed, in row %s", label, row or "(of many)")
        raise


def _id_of(name: bytes) -> UUID:
    return UUID(bytes=name)


_current: ContextVar[Reading | None] = ContextVar("commonweal_reading", default=None)


def current_reading() -> Reading:
    """The open reading. Raises NotReading when there is none."""
    reading = _current.get()
    if reading is None:
        raise NotReading("A sealed value opens only inside a reading: use a query that says what it opens.")
    return reading


@contextmanager
def reading(actor: Actor, *, purpose: Purpose, organisation: int, is_listing: bool = False) -> Iterator[Reading]:
    """Open sealed values of one organisation for one purpose.

    The trace is written and committed when the block ends, or the block raises and nothing leaves. A listing shows
    values masked: its lines are for the data protection officer and are not openings. Raises ReadingRefused, which
    is itself recorded, when the actor may not read for this purpose.
    """
    try:
        with reading_scope(actor, organisation) as scope:
            require_gates(actor, purpose, organisation)
            kind = Opening.LISTED if is_listing else Opening.OPENED
            opened = Reading(scope, purpose, kind)
            token = _current.set(opened)
            try:
                yield opened
            finally:
                _current.reset(token)
            trace.write(
                actor,
                organisation=organisation,
                purpose=purpose,
                kind=kind,
                charges=opened.charges(),
                reason=opened.reason,
            )
    except ReadingRefused as refusal:
        trace.record_refusal(actor, refusal, organisation=organisation)
        raise


def require_gates(
    actor: Actor, purpose: Purpose, organisation: int, *, subject: UUID | None = None, matter: Matter = NO_MATTER
) -> None:
    """Raises ReadingRefused unless the actor may read for this purpose: every reading asks, and so do actions of staff.

    The gates of practice: role, training, second factor for staff; own data for residents; declared tasks.
    """
    reason = _refusal_of(actor, purpose, organisation)
    if reason:
        raise ReadingRefused(reason, purpose=purpose, subject=subject, matter=matter, message=_GATES.get(reason))


def _refusal_of(actor: Actor, purpose: Purpose, organisation: int) -> str:
    if isinstance(actor, Staff):
        return _refusal_of_staff(actor, purpose, organisation)
    if isinstance(actor, Supplier):
        is_allowed = actor.organisation == organisation and purpose.code in actor.purposes
    elif isinstance(actor, System):
        is_allowed = purpose.code in actor.purposes
    elif isinstance(actor, Resident):
        is_allowed = purpose == OWN_INFORMATION and actor.id is not None
    else:
        is_allowed = isinstance(actor, DraftHolder) and purpose == APPLYING
    return "" if is_allowed else "purpose"


def _refusal_of_staff(actor: Staff, purpose: Purpose, organisation: int) -> str:
    if actor.organisation != organisation:
        return "other_organisation"
    if purpose.code not in actor.purposes:
        return "role"
    if not actor.is_trained and not _may_read_own(actor, purpose):
        return "training"
    if not actor.has_second_factor:
        return "second_factor"
    return ""


def _may_read_own(actor: Staff, purpose: Purpose) -> bool:
    """Weeks after training expired, one's own open cases may be read (which cases says whose they are), not changed."""
    scope = open_scope_or_none()
    is_reading = scope is not None and scope.kind is Kind.READING
    return actor.may_only_read and is_reading and purpose in (CASEWORK, SAFETY)


_GATES: dict[str, Words] = {
    "training": _(
        "You need to pass the data protection course before you open personal information. "
        "The starter course takes fifteen minutes."
    ),
    "second_factor": _("Sign in with your second factor to open personal information."),
}
