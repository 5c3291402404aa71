"""What do we hold about people, where, why, how long: complete, since it is read from the declarations."""

import pytest
from django.apps import apps
from django.conf import settings

from commonweal.foundations.personal_data.declarations import VOCABULARY, Category, declaration_of
from commonweal.foundations.personal_data.fields import SealedField
from commonweal.foundations.personal_data.registry import holdings, reviewed_tables
from commonweal.foundations.personal_data.schedules import ScheduleError, rule_for, rules


def test_every_personal_and_every_sealed_field_is_in_it() -> None:
    held = {(holding.table, holding.place.rsplit(".", 1)[-1]) for holding in holdings()}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            declared = declaration_of(field)
            is_personal = declared is not None and declared.category is not None
            if is_personal or isinstance(field, SealedField):
                assert (model._meta.db_table, field.name) in held, f"{model._meta.label}.{field.name}"


def test_each_says_why_whose_and_how_long() -> None:
    for holding in holdings():
        assert holding.why, holding.place
        assert holding.subject, holding.place
        assert holding.keeps in rules(), holding.place


def test_every_category_has_its_published_terms() -> None:
    assert set(VOCABULARY) == set(Category)
    assert all(dpv.startswith("dpv") and fides.startswith("user.") for dpv, fides in VOCABULARY.values())


def test_every_reviewed_table_can_be_read() -> None:
    assert set(reviewed_tables()) == set(settings.REVIEWED_TABLES)
    assert all(review.holds for review in reviewed_tables().values())


class TestTheRetentionSchedule:
    """Periods are data, per nation, each with a basis, a reason and whoever reviewed it."""

    @pytest.mark.parametrize("nation", ["England", "Wales", "Scotland", "Northern Ireland"])
    def test_every_rule_says_something_in_every_nation(self, nation: str) -> None:
        for name in rules():
            rule = rule_for(name, nation)
            assert all((rule.words, rule.starts, rule.basis, rule.reason, rule.reviewed_by)), name
            assert rule.months >= 0

    def test_a_rule_that_is_not_there(self) -> None:
        with pytest.raises(ScheduleError, match=r"people\.for_ever"):
            rule_for("people.for_ever", "England")
