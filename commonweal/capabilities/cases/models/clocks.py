"""The clocks of cases: since when each runs, until when, and which days did not count."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, SubjectKind, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.records import Record, reference_to


class Clock(Record):
    """One run of a declared clock. `stopped_by` is the stage that stopped it, empty when closing the case did.

    `started_in` and `stopped_in` are the revisions of the case that did it: who takes that back takes this back too.
    `extended_on` is the day from which an extension is explained, `extended_at` its place in the history of the case.
    `due_on` is the last day as it is counted now; while it is paused, the earliest that it can be.
    """

    case = not_personal(reference_to("cases.Case"))
    key = not_personal(models.CharField(max_length=48))
    started_on = not_personal(models.DateField())
    started_in = not_personal(models.PositiveIntegerField(default=1))
    due_on = not_personal(models.DateField())
    stopped_at = not_personal(models.DateTimeField(null=True))
    stopped_by = not_personal(models.CharField(max_length=48, blank=True))
    stopped_in = not_personal(models.PositiveIntegerField(null=True))
    extended_on = not_personal(models.DateField(null=True))
    extended_at = not_personal(models.DateTimeField(null=True))
    extended_for = not_personal(models.CharField(max_length=48, blank=True))
    extended_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who extended the time")

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "case"], name="cases_clock_case"),
            models.Index(
                fields=["organisation_id", "due_on"], name="cases_clock_running", condition=models.Q(stopped_at=None)
            ),
        ]

    class Privacy:
        label = "cases.clock"
        subject = "extended_by_id"
        keeps = by_schedule("cases.closed")
        kind = SubjectKind.ACCOUNT
        through = "case_id"


class ClockPause(Record):
    """A clock did not run from one day to another, both left out; `until_day` is null while the answer is awaited."""

    clock = not_personal(reference_to("cases.Clock"))
    from_day = not_personal(models.DateField())
    until_day = not_personal(models.DateField(null=True))

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "clock"], name="cases_clock_pause")]

    class Belongs:
        through = "clock"
