"""A person as one organisation knows them."""

from django.db import models

from commonweal.foundations.personal_data.declarations import Category, by_schedule, not_personal, personal
from commonweal.foundations.personal_data.fields import sealed
from commonweal.foundations.personal_data.records import SealedRecord
from commonweal.foundations.search.rules import Exact, Words


class Person(SealedRecord):
    """A data subject in one organisation. Their id is random and is how audit, trace and events name them."""

    account_id = personal(
        models.UUIDField(null=True), Category.IDENTIFIER, why="so that they see their own applications when signed in"
    )
    name = sealed(Category.NAME, why="to address them", find_by=Words(), is_from_subject=True)
    email = sealed(
        Category.CONTACT, why="to tell them what happened", find_by=Exact(), is_optional=True, is_from_subject=True
    )
    phone = sealed(
        Category.CONTACT, why="to ask them about it", find_by=Exact(), is_optional=True, is_from_subject=True
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
