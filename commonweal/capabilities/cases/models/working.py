"""What staff find and do while they deal with a case: facts, ticked tasks, its other people, links and handovers."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, SubjectKind, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import Record, SealedRecord, reference_to

_CLOSED = "cases.closed"


class Fact(SealedRecord):
    """What somebody recorded of a declared question. A correction is another row: the earlier one stays in the record.

    A structured fact about the applicant is sealed under their key, any other under the case's.
    """

    case = not_personal(reference_to("cases.Case"))
    person_id = personal(models.UUIDField(), Category.IDENTIFIER, why="to know whose case it is about")
    fact = not_personal(models.CharField(max_length=48))
    number = not_personal(models.PositiveIntegerField())
    value = sealed(Category.ANSWER, why="to decide the case by what was found")
    by_id = personal(models.UUIDField(), Category.WORK, why="to know who found it")
    at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "case", "fact", "number"], name="cases_fact_number")
        ]
        indexes = [models.Index(fields=["organisation_id", "person_id"], name="cases_fact_of")]

    class Privacy:
        label = "cases.fact"
        subject = "person_id"
        keeps = by_schedule(_CLOSED)
        through = "case_id"


class Tick(Record):
    """A task was ticked, or its tick was taken off; the latest row of a task says how it stands."""

    case = not_personal(reference_to("cases.Case"))
    task = not_personal(models.CharField(max_length=48))
    is_done = not_personal(models.BooleanField())
    by_id = personal(models.UUIDField(), Category.WORK, why="to know who did it")
    at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "case", "id"], name="cases_tick_case")]

    class Privacy:
        label = "cases.tick"
        subject = "by_id"
        keeps = by_schedule(_CLOSED)
        kind = SubjectKind.ACCOUNT
        through = "case_id"


class Party(Record):
    """Somebody other than the applicant whom a case is about: a data subject of their own.

    The form names them, or staff add them (`added_by_id`). One whom the case is no longer about stays, ended.
    """

    case = not_personal(reference_to("cases.Case"))
    key = not_personal(models.CharField(max_length=48))
    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to know whom the case is about")
    added_at = not_personal(models.DateTimeField())
    added_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to ask who added them")
    ended_at = not_personal(models.DateTimeField(null=True))
    ended_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to ask who ended it")

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "case"], name="cases_party_case"),
            models.Index(fields=["organisation_id", "person"], name="cases_party_person"),
        ]

    class Privacy:
        label = "cases.party"
        subject = "person_id"
        keeps = by_schedule(_CLOSED)
        through = "case_id"


class Link(Record):
    """Two cases have to do with each other: `other` is the earlier, a related, or the one that `case` repeats."""

    case = not_personal(reference_to("cases.Case"))
    other = not_personal(reference_to("cases.Case"))
    kind = not_personal(models.CharField(max_length=16))
    by_id = personal(models.UUIDField(null=True), Category.WORK, why="to ask who linked them")
    at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "case", "other"], name="cases_link_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="cases_link_two"),
        ]
        indexes = [models.Index(fields=["organisation_id", "other"], name="cases_link_other")]

    class Privacy:
        label = "cases.link"
        subject = "by_id"
        keeps = by_schedule(_CLOSED)
        kind = SubjectKind.ACCOUNT
        through = "case_id"


class Handover(Record):
    """A case went from one team to another; why is a note beside it."""

    case = not_personal(reference_to("cases.Case"))
    from_team = not_personal(reference_to("organisations.Team"))
    to_team = not_personal(reference_to("organisations.Team"))
    by_id = personal(models.UUIDField(), Category.WORK, why="to know who handed it over")
    at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "case", "at"], name="cases_handover_case")]

    class Privacy:
        label = "cases.handover"
        subject = "by_id"
        keeps = by_schedule(_CLOSED)
        kind = SubjectKind.ACCOUNT
        through = "case_id"
