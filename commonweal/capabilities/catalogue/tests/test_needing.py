"""Practice: the product warns when a period exceeds what any clock or reason needs; a missed bin needs no six years."""

import pytest

from commonweal.capabilities.catalogue.queries.needing import kept_too_long
from commonweal.capabilities.catalogue.rules.loading import load
from commonweal.capabilities.catalogue.tests.declared import MISSED_COLLECTION, SMALLEST, changed


def months_needed(text: str) -> list[tuple[int, int]]:
    return [(one.months, one.needed) for one in kept_too_long(load(text, file="service.yaml"))]


def test_two_years_for_a_missed_bin_are_no_reason_to_warn() -> None:
    assert list(kept_too_long(load(MISSED_COLLECTION.read_text(), file="service.yaml"))) == []


def test_six_years_without_a_reason_are() -> None:
    assert months_needed(changed("months: 12", "months: 72")) == [(72, 24)]


@pytest.mark.parametrize(
    ("law", "nation", "months", "too_long"),
    [
        ("Limitation Act 1980", "England", 84, False),
        ("Limitation Act 1980", "England", 85, True),
        ("Prescription and Limitation (Scotland) Act 1973", "Scotland", 72, False),
        ("Prescription and Limitation (Scotland) Act 1973", "England", 72, True),
        ("Limitation (Northern Ireland) Order 1989", "Northern Ireland", 84, False),
        ("Council Tax (Administration and Enforcement) Regulations 1992", "Wales", 84, False),
        ("Council Tax (Administration and Enforcement) Regulations 1992", "Wales", 85, True),
        ("Council Tax (Administration and Enforcement) Regulations 1992", "Scotland", 72, True),
        ("Children (Scotland) Act 1995", "Scotland", 1200, False),
        ("Children Act 1989", "England", 913, True),
    ],
)
def test_a_law_of_the_nation_that_needs_it_is_one(law: str, nation: str, months: int, too_long: bool) -> None:
    text = changed("en: Article 5,", f"en: {law},", changed("months: 12", f"months: {months}"))
    assert bool(months_needed(text.replace("England", nation))) is too_long


def test_so_is_a_validity_or_a_review_that_lasts_longer() -> None:
    reminder = "{subject: {en: A, cy: A}, body: {en: B, cy: B}}"
    lasting = f"roles: [case_worker]\n      lasts: {{months: 36, remind_days: 60, reminder: {reminder}}}"
    assert months_needed(changed("roles: [case_worker]", lasting, changed("months: 12", "months: 60"))) == []
    assert months_needed(changed("roles: [case_worker]", lasting, changed("months: 12", "months: 61"))) == [(61, 60)]


def test_the_smallest_declaration_warns_of_nothing() -> None:
    assert months_needed(SMALLEST) == []
