"""What the worklists keep: numbers, saved filters, what may be taken back, and who is writing."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, SubjectKind, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.records import Record, reference_to


class Tally(Record):
    """So many open cases more, or fewer: the sum of `n` is how many there are. `is_sum`: several lines folded into one.

    A trigger on the cases writes them, in the transaction of whatever changed a case (decision 20).
    """

    team_id = not_personal(models.UUIDField())
    service = not_personal(models.CharField(max_length=64))
    assignee_id = personal(models.UUIDField(null=True), Category.WORK, why="to know how much each of a team has to do")
    due_on = not_personal(models.DateField(null=True))
    n = not_personal(models.IntegerField())
    is_sum = not_personal(models.BooleanField(db_default=False))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "team_id", "service", "assignee_id", "due_on"],
                condition=models.Q(is_sum=True),
                nulls_distinct=False,
                name="cases_tally_one_sum",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "team_id"], name="cases_tally_new", condition=models.Q(is_sum=False)
            ),
        ]

    class Privacy:
        label = "cases.tally"
        subject = "assignee_id"
        keeps = by_schedule("cases.closed")
        kind = SubjectKind.ACCOUNT
        is_collected = False


class SavedFilter(Record):
    """Which cases a member of staff wants to see again, under a name of theirs; `kept` holds codes and ids alone."""

    account_id = personal(models.UUIDField(), Category.WORK, why="to show it to nobody else")
    name = personal(models.CharField(max_length=60), Category.WORK, why="so that they find it again")
    kept = not_personal(models.JSONField())
    saved_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "account_id", "name"], name="cases_one_filter_a_name")
        ]

    class Privacy:
        label = "cases.saved_filter"
        subject = "account_id"
        keeps = by_schedule("cases.saved_filter")
        kind = SubjectKind.ACCOUNT


class Undoable(Record):
    """The latest change of a case that its author may take back for some seconds, and what it was before."""

    case = not_personal(reference_to("cases.Case"))
    by_id = personal(models.UUIDField(), Category.WORK, why="so that nobody else takes it back")
    what = not_personal(models.CharField(max_length=16))
    revision = not_personal(models.PositiveIntegerField())
    stage = not_personal(models.CharField(max_length=32))
    assignee_id = personal(models.UUIDField(null=True), Category.WORK, why="to give the case back to them")
    at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "case"], name="cases_one_undoable")]

    class Privacy:
        label = "cases.undoable"
        subject = "by_id"
        keeps = by_schedule("cases.fleeting")
        kind = SubjectKind.ACCOUNT
        through = "case_id"


class Writing(Record):
    """Somebody is writing on a case: others are told, so that two do not do the same work."""

    case = not_personal(reference_to("cases.Case"))
    account_id = personal(models.UUIDField(), Category.WORK, why="to tell colleagues who it is")
    began_at = not_personal(models.DateTimeField())
    seen_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "case", "account_id"], name="cases_one_writing")
        ]

    class Privacy:
        label = "cases.writing"
        subject = "account_id"
        keeps = by_schedule("cases.fleeting")
        kind = SubjectKind.ACCOUNT
        through = "case_id"
