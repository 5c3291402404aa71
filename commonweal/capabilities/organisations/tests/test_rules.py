"""Powers follow from type and nation; the register is read as it is published."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.organisations import rules
from commonweal.capabilities.organisations.rules import authorities, powers_of, slug_of

REGISTER = (Path(rules.__file__).with_name("uk_local_authorities.csv")).read_text()


class TestPowers:
    def test_not_every_body_collects_bins(self) -> None:
        assert "waste_collection" in powers_of("NMD")
        assert "waste_collection" not in powers_of("CTY")

    def test_a_county_disposes_and_issues_badges(self) -> None:
        assert {"waste_disposal", "blue_badges", "social_care"} <= set(powers_of("CTY"))
        assert not {"blue_badges", "social_care"} & set(powers_of("NMD"))

    def test_northern_ireland_has_rates_and_its_department_issues_badges(self) -> None:
        """Rates (Northern Ireland) Order 1977; badges come from the Department for Infrastructure."""
        assert powers_of("NID") == ("public_authority", "waste_collection", "waste_disposal")

    def test_a_body_that_is_no_council_is_a_public_authority_and_nothing_else(self) -> None:
        assert powers_of("COMB") == ("public_authority",)


class TestTheRegister:
    def test_it_holds_the_397_bodies_of_today(self) -> None:
        found = list(authorities(REGISTER))
        assert len(found) == 397
        assert len({body.code for body in found}) == len({body.slug for body in found}) == 397
        assert {body.nation for body in found} == {"England", "Wales", "Scotland", "Northern Ireland"}

    def test_abolished_bodies_are_left_out(self) -> None:
        """Aylesbury Vale became part of Buckinghamshire on 1 April 2020."""
        assert "aylesbury-vale" not in {body.slug for body in authorities(REGISTER)}

    def test_every_address_is_one(self) -> None:
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", body.slug) for body in authorities(REGISTER))


@pytest.mark.parametrize(
    ("name", "slug"), [("Ynys Môn", "ynys-mon"), ("King’s Lynn & West Norfolk", "kings-lynn-west-norfolk")]
)
def test_addresses_are_plain(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_an_address_is_always_plain(name: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug_of(name))
