"""A person as one organisation knows them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.capabilities.people.rules import Told
from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import SealedRecord, reference_to
from commonweal.foundations.search.rules import Day, Exact, Names, Phone


class Person(SealedRecord):
    """A data subject in one organisation. Their id is random and is how audit, trace and events name them.

    `tied_at` is when what proves whose the record is changed last: a contact point, or the account it was claimed for.
    """

    account_id = personal(
        models.UUIDField(null=True), Category.IDENTIFIER, why="so that they see their own applications when signed in"
    )
    name = sealed(Category.NAME, why="to address them", find_by=Names(), is_from_subject=True)
    email = sealed(
        Category.CONTACT, why="to tell them what happened", find_by=Exact(), is_optional=True, is_from_subject=True
    )
    phone = sealed(
        Category.CONTACT, why="to ask them about it", find_by=Phone(), is_optional=True, is_from_subject=True
    )
    birth_date = sealed(
        Category.BIRTH_DATE,
        why="to tell them from others of their name",
        find_by=Day(),
        is_optional=True,
        is_from_subject=True,
    )
    language = personal(
        models.CharField(max_length=2, default="en"), Category.PREFERENCE, why="to write in their language"
    )
    created_at = not_personal(models.DateTimeField())
    tied_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "account_id"], name="people_person_account")]

    class Privacy:
        label = "people.person"
        subject = "id"
        keeps = by_schedule("people.closed")


class PersonName(SealedRecord):
    """Another name of somebody: one they had, or one they also go by. `Person.name` is how they are addressed.

    Sealed under the person's own key. A former name may be nobody's to disclose (Gender Recognition Act 2004,
    section 22): it is kept only when the person gave it, to be found by, and is shown in no list.
    """

    class Kind(models.TextChoices):
        FORMER = "former", "a name they had"
        ALIAS = "alias", "a name they also go by"

    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to know whose name it is")
    kind = personal(models.CharField(max_length=8, choices=Kind.choices), Category.NAME, why="to address nobody by it")
    text = sealed(Category.NAME, why="to find them by the name they give", find_by=Names(), is_from_subject=True)
    recorded_at = not_personal(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "person"], name="people_name_person")]

    class Privacy:
        label = "people.name"
        subject = "person_id"
        keeps = by_schedule("people.closed")


class Marker(SealedRecord):
    """What keeps staff safe who meet somebody: asked for by one, approved by another, and over on its review date.

    It is read as an instruction, never as what the person is. Sealed under a key of its own, since the evidence may
    name others. `restricted_to` are the roles for which its matter exists; empty when it does for all.
    """

    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to know whom staff meet")
    matter_id = not_personal(models.UUIDField(null=True))
    reference = not_personal(models.CharField(max_length=32))
    restricted_to = not_personal(ArrayField(models.CharField(max_length=48), default=list, db_default=[]))
    danger = sealed(Category.HISTORY, why="to tell staff how to keep safe")
    evidence = sealed(Category.FREE_TEXT, why="so that whoever approves or challenges it knows its ground")
    told = personal(
        models.CharField(max_length=16, choices=[(told.value, told.value) for told in Told]),
        Category.HISTORY,
        why="to know whether they were told, or why not",
    )
    review_on = not_personal(models.DateField())
    asked_by_id = personal(models.UUIDField(), Category.WORK, why="so that another approves it")
    asked_at = not_personal(models.DateTimeField())
    approved_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to answer for it")
    approved_at = not_personal(models.DateTimeField(null=True))
    ended_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who ended it before its time")
    ended_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None) | ~models.Q(approved_by_id=models.F("asked_by_id")),
                name="people_marker_two_people",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "person"], name="people_marker_person"),
            models.Index(
                fields=["organisation_id", "review_on"], name="people_marker_review", condition=models.Q(ended_at=None)
            ),
        ]

    class Privacy:
        label = "people.marker"
        subject = "person_id"
        keeps = by_schedule("people.marker")
        is_record = True


class Certainty(models.TextChoices):
    """How far it is known that somebody has died."""

    TOLD = "told", "somebody told us"
    CONFIRMED = "confirmed", "seen in the register or a certificate"


class Death(SealedRecord):
    """That somebody has died, as the organisation was told. It stands until a second person says it was a mistake.

    UK GDPR covers the living alone; the duty of confidence does not end with a life, and whoever told us lives.
    """

    person = personal(reference_to("people.Person"), Category.IDENTIFIER, why="to write to them no more")
    died_on = sealed(Category.HISTORY, why="to know from when", is_optional=True)
    told_by = sealed(Category.FREE_TEXT, why="to ask whoever told us")
    certainty = personal(
        models.CharField(max_length=16, choices=Certainty.choices), Category.HISTORY, why="to know how far it is known"
    )
    recorded_by_id = personal(models.UUIDField(), Category.WORK, why="so that another takes a mistake back")
    recorded_at = not_personal(models.DateTimeField())
    confirmed_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who saw the proof")
    reversed_by_id = personal(models.UUIDField(null=True), Category.WORK, why="to know who took it back")
    reversed_at = not_personal(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "person"], condition=models.Q(reversed_at=None), name="people_one_death"
            ),
            models.CheckConstraint(
                condition=models.Q(reversed_by_id=None) | ~models.Q(reversed_by_id=models.F("recorded_by_id")),
                name="people_death_two_people",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "person"], name="people_death_of")]

    class Privacy:
        label = "people.death"
        subject = "person_id"
        keeps = by_schedule("people.closed")
        is_record = True
