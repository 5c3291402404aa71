"""What was decided of a case: each decision, each further round after the first, and what was granted until when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to


class Decision(Record):
    """A named person decided a case in one of its rounds, under the version of the service that the case began with.

    `kept_from` is the moment from which the period of retention counts; `undone_at` when it was taken back at once.
    """

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose case was decided")
    round = not_personal(models.PositiveSmallIntegerField())
    outcome = not_personal(models.CharField(max_length=48))
    reasons = personal(
        ArrayField(models.CharField(max_length=48)), Category.CORRESPONDENCE, why="to tell them why it was decided so"
    )
    version_id = not_personal(models.UUIDField())
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="so that another officer reviews the decision")
    at = not_personal(models.DateTimeField())
    kept_from = not_personal(models.DateTimeField())
    undone_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "case", "round"],
                name="cases_one_decision_a_round",
                condition=models.Q(undone_at=None),
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "person_id"], name="cases_decision_of"),
            models.Index(fields=["organisation_id", "case"], name="cases_decision_case"),
        ]

    class Privacy:
        label = "cases.decision"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        through = "case_id"


class Round(SealedRecord):
    """A closed case was opened again: for the review with that key, or, without one, because staff reopened it.

    The first round of a case has no row. `by_id` is the member of staff who reopened it or wrote the request down;
    None when the applicant asked.
    """

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose decision is looked at again")
    number = not_personal(models.PositiveSmallIntegerField())
    review = not_personal(models.CharField(max_length=48, blank=True))
    words = sealed(Category.FREE_TEXT, why="to know why the decision is challenged", is_from_subject=True)
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who opened the case again")
    began_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "case", "number"], name="cases_round_once"),
        ]
        indexes = [models.Index(fields=["organisation_id", "person_id"], name="cases_round_of")]

    class Privacy:
        label = "cases.round"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        is_record = True
        through = "case_id"


class Grant(Record):
    """What an outcome granted is valid until a day, and its holder is reminded once before. It ends when reversed."""

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to remind whoever it was granted to")
    outcome = not_personal(models.CharField(max_length=48))
    granted_at = not_personal(models.DateTimeField())
    from_on = not_personal(models.DateField())
    until_on = not_personal(models.DateField())
    remind_on = not_personal(models.DateField())
    reminded_at = not_personal(models.DateTimeField(null=True))
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "case"], name="cases_one_grant", condition=models.Q(ended_at=None)
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "remind_on"],
                name="cases_grants_to_remind",
                condition=models.Q(reminded_at=None, ended_at=None),
            ),
            models.Index(fields=["organisation_id", "person_id"], name="cases_grant_of"),
            models.Index(fields=["organisation_id", "case"], name="cases_grant_case"),
        ]

    class Privacy:
        label = "cases.grant"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        through = "case_id"
