"""Cases and what happens to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.foundations.personal_data.declarations import Category, SubjectKind, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to


class Case(Record):
    """One thing someone asked for. Its place is not sealed: rounds are sorted, mapped and de-duplicated by it.

    `point` is what the applicant marked on a map, as latitude and longitude (WGS 84); empty where they marked none.
    `restricted_to` are the roles to which a case of a restricted service exists; empty for all others.
    """

    reference = not_personal(models.CharField(max_length=16))
    service = not_personal(models.CharField(max_length=64))
    version_id = not_personal(models.UUIDField())
    submission = not_personal(reference_to("forms.Submission"))
    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to know whose case it is")
    stage = not_personal(models.CharField(max_length=32))
    outcome = not_personal(models.CharField(max_length=32, blank=True))
    team = not_personal(reference_to("organisations.Team"))
    assignee_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who deals with it")
    place = personal(
        models.CharField(max_length=250, blank=True), Category.PLACE, why="to send the crew there", is_from_subject=True
    )
    postcode = personal(
        models.CharField(max_length=8, blank=True), Category.PLACE, why="to group work by place", is_from_subject=True
    )
    point = personal(
        models.CharField(max_length=20, blank=True, db_default=""),
        Category.PLACE,
        why="to find on a map where it is",
        is_from_subject=True,
    )
    opened_at = not_personal(models.DateTimeField())
    due_on = not_personal(models.DateField())
    restricted_to = not_personal(ArrayField(models.CharField(max_length=48), default=list, db_default=[]))
    closed_at = not_personal(models.DateTimeField(null=True))
    revision = not_personal(models.PositiveIntegerField(default=1))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "reference"], name="cases_reference"),
            models.UniqueConstraint(fields=["organisation_id", "submission"], name="cases_one_a_submission"),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "team", "due_on", "id"],
                name="cases_open_due",
                condition=models.Q(closed_at=None),
            ),
            models.Index(fields=["organisation_id", "team", "-closed_at", "id"], name="cases_closed"),
            models.Index(fields=["organisation_id", "person"], name="cases_person"),
            models.Index(fields=["organisation_id", "postcode"], name="cases_postcode"),
            models.Index(
                fields=["organisation_id", "assignee_id", "due_on", "id"],
                name="cases_open_assigned",
                condition=models.Q(closed_at=None),
            ),
        ]

    class Privacy:
        label = "cases.case"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        through = "submission_id"


class Note(SealedRecord):
    """What staff wrote on a case: free text, so under the record's key."""

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose case it is about")
    text = sealed(Category.FREE_TEXT, why="so that whoever deals with the case next knows what was done")
    author_id = personal(models.UUIDField(), Category.WORK, why="to ask the author what was meant")
    written_at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "case", "written_at"], name="cases_note_case"),
            models.Index(fields=["organisation_id", "person_id"], name="cases_note_of"),
        ]

    class Privacy:
        label = "cases.note"
        subject = "person_id"
        keeps = by_schedule("cases.closed")
        is_record = True
        through = "case_id"


class Move(Record):
    """A case went from one stage to another, or to its outcome."""

    case = not_personal(reference_to("cases.Case"))
    to_stage = not_personal(models.CharField(max_length=32))
    outcome = not_personal(models.CharField(max_length=32, blank=True))
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who decided")
    at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "case", "at"], name="cases_move_case")]

    class Privacy:
        label = "cases.move"
        subject = "by_id"
        keeps = by_schedule("cases.closed")
        kind = SubjectKind.ACCOUNT
        through = "case_id"


class ClockMove(Record):
    """A clock of a case went from one day to another because a `day` of the calendar changed; `why` says how."""

    case = not_personal(reference_to("cases.Case"))
    clock = not_personal(models.CharField(max_length=48, db_default=""))
    from_day = not_personal(models.DateField())
    to_day = not_personal(models.DateField())
    day = not_personal(models.DateField())
    why = not_personal(models.CharField(max_length=32))
    at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "-at", "id"], name="cases_clock_moved"),
            models.Index(fields=["organisation_id", "case"], name="cases_clock_move_case"),
        ]

    class Belongs:
        through = "case"
