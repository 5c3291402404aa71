"""A person as one organisation knows them."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import SealedRecord, reference_to
from commonweal.foundations.search.rules import Day, Exact, Names, Phone


class Person(SealedRecord):
    """A data subject in one organisation. Their id is random and is how audit, trace and events name them."""

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
