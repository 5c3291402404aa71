"""What staff chose for a case whose applicant has died."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.records import Record, reference_to


class Next(models.TextChoices):
    """What happens with the case."""

    REPRESENTATIVE = "representative", "it goes on with a contact for the estate"
    KEEP = "keep", "it stays open for now"
    CLOSE = "close", "it is to be closed"


class Capacity(models.TextChoices):
    """As what somebody speaks for the estate."""

    EXECUTOR = "executor", "named in the will"
    ADMINISTRATOR = "administrator", "appointed by a court"
    FAMILY = "family", "family, before anybody is appointed"


class Succession(Record):
    """The choice for one case, and who speaks for the estate: a person of their own, with a record of their own."""

    case = not_personal(reference_to("cases.Case"))
    choice = not_personal(models.CharField(max_length=16, choices=Next.choices))
    representative = personal(
        reference_to("people.Person", is_optional=True), Category.IDENTIFIER, why="to write to them about the case"
    )
    capacity = personal(
        models.CharField(max_length=16, choices=Capacity.choices, blank=True),
        Category.HISTORY,
        why="to know what they may decide",
    )
    chosen_by_id = personal(models.UUIDField(), Category.WORK, why="to know who chose it")
    chosen_at = not_personal(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "case"], name="cases_one_succession")]
        indexes = [models.Index(fields=["organisation_id", "representative"], name="cases_succession_of")]

    class Privacy:
        label = "cases.succession"
        subject = "representative_id"
        keeps = by_schedule("cases.closed")
        through = "case_id"
