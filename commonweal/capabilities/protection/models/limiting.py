"""What is kept and not used, what is corrected or contradicted, and who was told of it."""

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


class RestrictionOrder(Record):
    """The officer decided that somebody's information is kept and not used: all, or that of one case (Article 18).

    Its id names the rows by which the readings hold it. `told_on` is when the person was told that it will be lifted,
    `lifts_on` the day they were told: it is never lifted before (Article 18(3)).
    """

    request = not_personal(reference_to("protection.Request"))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whom it is about")
    reference = not_personal(models.CharField(max_length=32, blank=True))
    ground = not_personal(models.CharField(max_length=16))
    since = not_personal(models.DateTimeField())
    by_id = personal(models.UUIDField(), Category.WORK, why="to answer for the decision")
    told_on = not_personal(models.DateField(null=True))
    lifts_on = not_personal(models.DateField(null=True))
    lifted_at = not_personal(models.DateTimeField(null=True))
    lifted_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who lifted it")

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "request"], name="protection_orders"),
            models.Index(fields=["organisation_id", "subject_id"], name="protection_orders_of"),
        ]

    class Privacy:
        label = "protection.restriction_order"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        kept = _ANSWERABLE
        through = "request_id"


class Statement(SealedRecord):
    """What somebody says against what is kept and was not corrected: it stands beside it (Article 16)."""

    request = not_personal(reference_to("protection.Request"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to show it with their information")
    reference = not_personal(models.CharField(max_length=32, blank=True))
    text = sealed(Category.FREE_TEXT, why="so that whoever reads the one reads the other", is_from_subject=True)
    at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "person_id"], name="protection_statements")]

    class Privacy:
        label = "protection.statement"
        subject = "person_id"
        keeps = by_schedule(_REQUEST)
        is_record = True


class Notice(SealedRecord):
    """Somebody to whom information was given is told that it was corrected, erased or restricted (Article 19).

    `recipient` is a kind of recipient that a service declares, or one that staff wrote; told on a day, or why not.
    """

    request = not_personal(reference_to("protection.Request"))
    subject_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to tell them who was told, when they ask")
    recipient = not_personal(models.CharField(max_length=200))
    told_on = not_personal(models.DateField(null=True))
    why_not = sealed(Category.FREE_TEXT, why="to know why it was impossible to tell them", is_optional=True)
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to ask who told them")
    at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "request", "recipient"], name="protection_one_notice")
        ]
        indexes = [models.Index(fields=["organisation_id", "subject_id"], name="protection_notices_of")]

    class Privacy:
        label = "protection.notice"
        subject = "subject_id"
        keeps = by_schedule(_REQUEST)
        kept = _ANSWERABLE
        is_record = True
        through = "request_id"
