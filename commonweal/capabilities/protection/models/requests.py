"""Requests about people's information: what is asked, its clock, and each step until it is answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.personal_data.declarations import (
    Category,
    Ground,
    Kept,
    by_schedule,
    not_personal,
    personal,
)
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to
from commonweal.foundations.scope.actors import Channel

_REQUEST = "protection.request"
_ANSWERABLE = Kept(Ground.LEGAL_OBLIGATION, _("What you asked for and what we answered shows that it was done."))


class RequestKind(models.TextChoices):
    """What may be asked (UK GDPR Articles 15 to 22; complaints: Data Protection Act 2018 section 164A)."""

    ACCESS = "access", "a copy of what is held"
    PORTABILITY = "portability", "what they gave, to use elsewhere"
    RECTIFICATION = "rectification", "a correction"
    ERASURE = "erasure", "erasure"
    RESTRICTION = "restriction", "that it is kept and not used"
    OBJECTION = "objection", "that it is no longer used for something"
    AUTOMATED_DECISION = "automated_decision", "a person's look at an automated decision"
    COMPLAINT = "complaint", "a complaint about how their information was used"


class Authority(models.TextChoices):
    """By what right somebody asks for somebody else (Article 12; Data Protection Act 2018 section 208)."""

    SELF = "self", "it is about themselves"
    PARENT = "parent", "a parent or guardian of a child"
    ATTORNEY = "attorney", "an attorney or deputy"
    AGENT = "agent", "an agent who was asked to"


class RequestOutcome(models.TextChoices):
    """How a request ended."""

    DONE = "done", "done as asked"
    PARTLY = "partly", "done in part, with the reasons for the rest"
    NOTHING_HELD = "nothing_held", "nothing is held"
    REFUSED = "refused", "refused, with the reasons"
    WITHDRAWN = "withdrawn", "withdrawn by whoever asked"


class Request(SealedRecord):
    """One request by or for a data subject, by whatever channel and in whatever words it came (Article 12).

    `subject_id` is whom it is about: their id in people, or the request's own until somebody found them. `account_id`
    is set when whoever asked was signed in; without one they follow it by `reference` and a secret that is derived,
    never stored. `about` is the reference of the case it is about, empty for all. `received_on` is the local day it
    reached anybody who works here, which may be days before it was recorded. The start of the clock is the latest of
    `received_on`, `evidence_on` where it was asked for, and `fee_on`. `due_on` is the day to act by under the stricter
    reading, `statutory_on` the other. Both are kept up to date by whatever changes them; while a
    clarification is awaited they are the earliest they can be. `untold_since` is set while somebody without an account
    is still to be told of a letter.
    """

    reference = not_personal(models.CharField(max_length=16))
    kind = not_personal(models.CharField(max_length=24, choices=RequestKind.choices))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whom it is about")
    account_id = personal(models.UUIDField(null=True), Category.IDENTIFIER, why="so that they follow it signed in")
    authority = not_personal(models.CharField(max_length=16, choices=Authority.choices, default=Authority.SELF))
    name = sealed(Category.NAME, why="to address whoever asked", is_optional=True, is_from_subject=True)
    contact = sealed(Category.CONTACT, why="to answer them", is_optional=True, is_from_subject=True)
    on_behalf_of = sealed(Category.NAME, why="to know for whom they ask", is_optional=True)
    words = sealed(Category.FREE_TEXT, why="to know what they ask for", is_optional=True, is_from_subject=True)
    about = not_personal(models.CharField(max_length=16, blank=True))
    language = personal(
        models.CharField(max_length=2, default="en", db_default="en"),
        Category.PREFERENCE,
        why="to write in their language",
    )
    channel = not_personal(models.CharField(max_length=16, default=Channel.ONLINE.value))
    received_on = not_personal(models.DateField())
    recorded_at = not_personal(models.DateTimeField())
    recorded_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to ask who took it down")
    evidence_asked_on = not_personal(models.DateField(null=True))
    evidence_on = not_personal(models.DateField(null=True))
    fee_asked_on = not_personal(models.DateField(null=True))
    fee_on = not_personal(models.DateField(null=True))
    extended_on = not_personal(models.DateField(null=True))
    acknowledged_on = not_personal(models.DateField(null=True))
    due_on = not_personal(models.DateField())
    statutory_on = not_personal(models.DateField())
    outcome = not_personal(models.CharField(max_length=16, choices=RequestOutcome.choices, blank=True))
    closed_at = not_personal(models.DateTimeField(null=True))
    closed_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to answer for the decision")
    untold_since = not_personal(models.DateTimeField(null=True))
    revision = not_personal(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "reference"], name="protection_request_reference"),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "due_on", "id"],
                name="protection_requests_open",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=["organisation_id", "untold_since"],
                name="protection_requests_untold",
                condition=models.Q(untold_since__isnull=False),
            ),
            models.Index(fields=["organisation_id", "-closed_at", "id"], name="protection_requests_closed"),
            models.Index(fields=["organisation_id", "subject_id"], name="protection_requests_of"),
            models.Index(fields=["organisation_id", "account_id"], name="protection_requests_by"),
        ]

    class Privacy:
        label = _REQUEST
        subject = "subject_id"
        kept = _ANSWERABLE
        keeps = by_schedule(_REQUEST)
        is_record = True

    @property
    def is_matched(self) -> bool:
        """Whether somebody found whom it is about."""
        return self.subject_id != self.id

    @property
    def start_awaits(self) -> str:
        """What its clock waits for before it starts: evidence, fee, or nothing (empty)."""
        if self.evidence_asked_on and self.evidence_on is None:
            return "evidence"
        return "fee" if self.fee_asked_on and self.fee_on is None else ""


class Step(SealedRecord):
    """What happened to a request, in order: a code, the local day it counts from, and words where there are some.

    Words that are `is_shown` were written to whoever asked, who reads them on a page of their own; all others are notes
    of the desk. Sealed under the key of the request.
    """

    request = not_personal(reference_to("protection.Request"))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whom it is about")
    what = not_personal(models.CharField(max_length=32))
    on = not_personal(models.DateField())
    why = not_personal(models.CharField(max_length=48, blank=True))
    text = sealed(Category.CORRESPONDENCE, why="to tell whoever asked, or the next at the desk", is_optional=True)
    is_shown = not_personal(models.BooleanField(default=False))
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who did it")
    at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "request", "at"], name="protection_steps"),
            models.Index(fields=["organisation_id", "subject_id"], name="protection_steps_of"),
        ]

    class Privacy:
        label = "protection.step"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        kept = _ANSWERABLE
        is_record = True
        through = "request_id"


class RequestPause(Record):
    """The days from asking to clarify until the answer came, both included, do not count (Article 12A).

    `until_day` is null while the answer is awaited.
    """

    request = not_personal(reference_to("protection.Request"))
    from_day = not_personal(models.DateField())
    until_day = not_personal(models.DateField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request"],
                name="protection_one_pause",
                condition=models.Q(until_day=None),
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "request"], name="protection_pauses")]

    class Belongs:
        through = "request"
