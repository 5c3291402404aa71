"""What an erasure decided and did, what a legal hold keeps, and texts of others that named whoever was erased."""

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

_ANSWERABLE = Kept(Ground.LEGAL_OBLIGATION, _("What you asked for and what we answered shows that it was done."))
_REQUEST = "protection.request"


class LegalHold(SealedRecord):
    """What is needed for a legal claim is neither erased nor disposed of while this stands (Article 17(3)(e)).

    It holds the case with `reference`, or, where that is empty, all that is kept of the person. It is looked at again
    on its review date, and stands until somebody ends it.
    """

    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose information is held")
    reference = not_personal(models.CharField(max_length=32, blank=True))
    why = sealed(Category.FREE_TEXT, why="so that whoever reviews it knows which claim it is for")
    by_id = personal(models.UUIDField(), Category.WORK, why="to ask who decided it")
    since = not_personal(models.DateTimeField())
    review_on = not_personal(models.DateField())
    ended_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who ended it")
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "person_id"], name="protection_holds"),
            models.Index(
                fields=["organisation_id", "review_on"],
                name="protection_hold_review",
                condition=models.Q(ended_at=None),
            ),
        ]

    class Privacy:
        label = "protection.legal_hold"
        subject = "person_id"
        keeps = by_schedule("protection.legal_hold")
        kept = Kept(Ground.LEGAL_CLAIMS, _("That something was held for a legal claim stays known."))
        is_record = True
        is_collected = False


class ErasureChoice(SealedRecord):
    """The officer decided about one case otherwise than the rules propose, and says why.

    It is no part of a copy: the letter says what the person may know of it (practice: tipping off).
    """

    request = not_personal(reference_to("protection.Request"))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whom it is about")
    reference = not_personal(models.CharField(max_length=32))
    is_erased = not_personal(models.BooleanField())
    why = sealed(Category.CORRESPONDENCE, why="to tell whoever asked")
    by_id = personal(models.UUIDField(), Category.WORK, why="to answer for the decision")
    at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "request", "reference"], name="protection_one_choice")
        ]
        indexes = [models.Index(fields=["organisation_id", "subject_id"], name="protection_choices_of")]

    class Privacy:
        label = "protection.erasure_choice"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        kept = _ANSWERABLE
        is_record = True
        through = "request_id"
        is_collected = False


class ErasureLine(Record):
    """What an erasure did: to one field of so many rows (`label`, `field`), or to one case (`reference`).

    It is no part of a copy: the letter says what the person may know of it (practice: tipping off).
    """

    request = not_personal(reference_to("protection.Request"))
    label = not_personal(models.CharField(max_length=64))
    field = not_personal(models.CharField(max_length=64, blank=True))
    reference = not_personal(models.CharField(max_length=32, blank=True))
    outcome = not_personal(models.CharField(max_length=16))
    ground = not_personal(models.CharField(max_length=32, blank=True))
    kept_until = not_personal(models.DateField(null=True))
    rows = not_personal(models.PositiveIntegerField())
    at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "label", "field", "reference", "outcome"],
                name="protection_one_line",
            )
        ]

    class Belongs:
        through = "request"
        is_collected = False


class Redaction(SealedRecord):
    """A text in somebody else's record names whoever was erased: it is written anew without the name, or kept."""

    request = not_personal(reference_to("protection.Request"))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose text it is")
    label = not_personal(models.CharField(max_length=64))
    row = not_personal(models.UUIDField())
    field = not_personal(models.CharField(max_length=64))
    reference = not_personal(models.CharField(max_length=32))
    names = sealed(Category.NAME, why="to take these names out of the text, and no longer", is_optional=True)
    decided = not_personal(models.CharField(max_length=16, blank=True))
    why = sealed(Category.FREE_TEXT, why="to answer for a text that is kept as it is", is_optional=True)
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to answer for the decision")
    decided_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "label", "row", "field"], name="protection_one_redaction"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "subject_id"], name="protection_redactions_of")]

    class Privacy:
        label = "protection.redaction"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        kept = _ANSWERABLE
        is_record = True
        through = "request_id"
        is_collected = False
