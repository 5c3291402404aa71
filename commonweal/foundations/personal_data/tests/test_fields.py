"""A sealed field shows nothing, opens only in a reading, and refuses whatever would lose or leak its value."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import IntegrityError
from django.db.models import F, Max
from django.db.models.functions import Lower
from django.forms import modelform_factory

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.fields import Sealed
from commonweal.foundations.personal_data.purposes import CASEWORK
from commonweal.foundations.personal_data.reading import NotReading, reading
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.scope.scopes import read_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(people: Any, rosa_lund: UUID, cast: Cast) -> Any:
    """Her row, fetched as a query would fetch it."""
    with read_scope(SET_UP, (cast.leeds,)):
        return people.objects.get(id=rosa_lund)


def _name(people: Any, person: UUID, cast: Cast) -> str:
    with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
        name: str = people.objects.get(id=person).name
        return name


class TestWhatShows:
    def test_nothing_outside_a_reading(self, row: Any) -> None:
        with pytest.raises(NotReading):
            row.name  # noqa: B018
        assert row.phone is None

    def test_the_text_inside_one(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        assert _name(people, rosa_lund, cast) == "Rosa Lund"

    def test_nothing_where_it_is_printed(self, row: Any) -> None:
        assert "Rosa" not in f"{row!r} {vars(row)} {row.__dict__}"
        assert repr(vars(row)["name"]) == "<sealed>"

    def test_nothing_of_what_is_on_its_way_in(self, people: Any) -> None:
        fresh = people(id=uuid4(), name="Rosa Lund")
        assert "Rosa" not in f"{fresh!r} {vars(fresh)}"
        assert fresh.name == "Rosa Lund"

    def test_a_saved_row_no_longer_holds_its_text(self, people: Any, cast: Cast) -> None:
        made = uuid4()
        with acting(SET_UP, cast.leeds):
            person = people(
                id=made,
                organisation_id=cast.leeds,
                key_id=keys.key_for_subject(made, "people.closed"),
                name="Rosa Lund",
                created_at=now(),
            )
            person.save(force_insert=True)
            assert isinstance(vars(person)["name"], Sealed)
            with pytest.raises(NotReading):
                person.name  # noqa: B018

    def test_a_field_that_was_not_fetched_says_so(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            for rows in (people.objects.only("language"), people.objects.defer("name")):
                with pytest.raises(FieldError, match="was not fetched"):
                    rows.get(id=rosa_lund).name  # noqa: B018


class TestWhatLeaves:
    def test_no_pickle(self, row: Any, people: Any) -> None:
        for thing in (row, vars(row)["name"], people(name="Rosa Lund")):
            with pytest.raises(TypeError, match="not pickled"):
                pickle.dumps(thing)

    def test_no_dump(self, row: Any, people: Any, cast: Cast) -> None:
        with pytest.raises((NotReading, FieldError)):
            serializers.serialize("json", [row])
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            rows = list(people.objects.all())
            with pytest.raises(FieldError, match="not by dumpdata"):
                serializers.serialize("json", rows)

    def test_no_json(self, row: Any) -> None:
        with pytest.raises(TypeError):
            json.dumps(vars(row)["name"])

    def test_no_form(self, people: Any) -> None:
        with pytest.raises(FieldError):
            modelform_factory(people, fields=["name"])

    def test_a_validation_does_not_open_it(self, row: Any) -> None:
        with pytest.raises(NotReading):
            row.full_clean()

    @pytest.mark.parametrize("fetch", ["values", "values_list"])
    def test_a_value_without_its_row_stays_sealed(self, people: Any, rosa_lund: UUID, cast: Cast, fetch: str) -> None:
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds) as opened:
            (found,) = getattr(people.objects.filter(id=rosa_lund), fetch)("name")
            value = found["name"] if fetch == "values" else found[0]
            assert str(value) == "<sealed>"
            assert (
                opened.open_value(value.value, label="people.person.name", row=rosa_lund, subject=rosa_lund)
                == "Rosa Lund"
            )


class TestWhatSqlMayNotDo:
    @pytest.mark.parametrize(
        "lookup",
        [
            {"name": "Rosa Lund"},
            {"name__exact": "Rosa Lund"},
            {"name__in": ["Rosa Lund"]},
            {"name__icontains": "rosa"},
            {"name__gt": "A"},
            {"email": F("name")},
            {"name__lower": "rosa lund"},
        ],
    )
    def test_compare(self, people: Any, lookup: dict[str, Any]) -> None:
        with pytest.raises(FieldError):
            people.objects.filter(**lookup)

    def test_but_it_may_say_whether_there_is_one(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with read_scope(SET_UP, (cast.leeds,)):
            assert people.objects.filter(id=rosa_lund, phone__isnull=True, email__isnull=False).exists()

    @pytest.mark.parametrize("order", ["name", "-name", F("name"), F("name").desc(), Lower("name")])
    def test_sort(self, people: Any, order: Any) -> None:
        with pytest.raises(FieldError, match="is sealed"):
            people.objects.order_by(order)

    def test_sort_from_another_table(self) -> None:
        from django.apps import apps

        cases: Any = apps.get_model("cases", "Case")
        with pytest.raises(FieldError, match="is sealed"):
            cases.objects.order_by("person__name")
        with pytest.raises(FieldError, match="is sealed"):
            cases.objects.annotate(whose=F("person__name"))

    def test_reckon_with_it(self, people: Any) -> None:
        reckonings: list[Callable[[], object]] = [
            lambda: people.objects.annotate(lowered=Lower("name")),
            lambda: people.objects.alias(copied=F("name")),
            lambda: people.objects.values(lowered=Lower("name")),
            lambda: people.objects.aggregate(Max("name")),
            lambda: people.objects.distinct("name"),
            lambda: people.objects.latest("name"),
            lambda: people.objects.earliest("name"),
        ]
        for reckon in reckonings:
            with pytest.raises(FieldError, match="is sealed"):
                reckon()

    def test_what_is_not_sealed_sorts_and_reckons(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with read_scope(SET_UP, (cast.leeds,)):
            rows = people.objects.order_by("-created_at", F("language")).annotate(lowered=Lower("language"))
            assert [row.lowered for row in rows] == ["en"]
            assert people.objects.aggregate(last=Max("created_at"))["last"]


class TestWhatWouldLoseIt:
    def test_an_update(self, people: Any) -> None:
        for change in ({"name": "Rosa"}, {"name": F("email")}, {"language": F("name")}, {"name": None}):
            with pytest.raises(FieldError, match="is sealed"):
                people.objects.update(**change)

    def test_a_bulk_update(self, people: Any, row: Any) -> None:
        with pytest.raises(FieldError, match="bulk_update"):
            people.objects.bulk_update([row], ["name"])

    def test_a_bulk_create_over_existing_rows(self, people: Any, row: Any) -> None:
        with pytest.raises(FieldError, match="is sealed"):
            people.objects.bulk_create(
                [row], update_conflicts=True, update_fields=["name"], unique_fields=["organisation_id", "id"]
            )

    def test_fetching_it_again(self, row: Any, cast: Cast) -> None:
        with pytest.raises(FieldError, match="fetch the row anew"):
            row.refresh_from_db()
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            row.refresh_from_db(fields=["language"])

    @pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
    def test_copying_a_row_and_saving_the_copy(self, row: Any, duplicate: Any, cast: Cast) -> None:
        copied = duplicate(row)
        copied.pk = uuid4()
        with pytest.raises(FieldError, match="sealed for another place"), acting(SET_UP, cast.leeds):
            copied.save(force_insert=True)

    def test_saving_a_value_in_another_row(self, people: Any, row: Any, cast: Cast) -> None:
        with read_scope(SET_UP, (cast.leeds,)):
            value = people.objects.values_list("name", flat=True).get(id=row.id)
        moved = people(id=uuid4(), organisation_id=cast.leeds, key_id=row.key_id, name=value, created_at=now())
        with pytest.raises(FieldError, match="sealed for another place"), acting(SET_UP, cast.leeds):
            moved.save(force_insert=True)

    def test_saving_a_value_in_another_column(self, row: Any, cast: Cast) -> None:
        row.email = vars(row)["name"]
        with pytest.raises(FieldError, match="sealed for another place"), acting(SET_UP, cast.leeds):
            row.save()

    def test_text_that_was_never_given(self, people: Any, cast: Cast) -> None:
        """A forgotten name is an error of the database, not a sealed empty text."""
        made = uuid4()
        with acting(SET_UP, cast.leeds):
            key = keys.key_for_subject(made, "people.closed")
        with pytest.raises(IntegrityError), acting(SET_UP, cast.leeds):
            people.objects.create(id=made, organisation_id=cast.leeds, key_id=key, created_at=now())

    @pytest.mark.parametrize("value", [b"bytes", 7, ["Rosa"]])
    def test_anything_but_text(self, people: Any, value: Any) -> None:
        with pytest.raises(TypeError, match="takes text"):
            people(name=value)


class TestWhatKeepsIt:
    def test_saving_the_row_again(self, row: Any, people: Any, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            row.language = "cy"
            row.save()
        assert _name(people, row.id, cast) == "Rosa Lund"

    def test_writing_its_text_anew(self, row: Any, people: Any, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            row.name = "Rosa Lund-Hale"
            row.save(update_fields=["name"])
        assert _name(people, row.id, cast) == "Rosa Lund-Hale"

    def test_a_copy_that_is_only_read(self, row: Any, cast: Cast) -> None:
        copied = copy.deepcopy(row)
        with reading(cast.priya, purpose=CASEWORK, organisation=cast.leeds):
            assert copied.name == "Rosa Lund"

    def test_making_many_at_once(self, people: Any, cast: Cast) -> None:
        made = [uuid4(), uuid4()]
        with acting(SET_UP, cast.leeds):
            people.objects.bulk_create(
                people(
                    id=each,
                    organisation_id=cast.leeds,
                    key_id=keys.key_for_subject(each, "people.closed"),
                    name=f"Person {number}",
                    created_at=now(),
                )
                for number, each in enumerate(made)
            )
        assert [_name(people, each, cast) for each in made] == ["Person 0", "Person 1"]
