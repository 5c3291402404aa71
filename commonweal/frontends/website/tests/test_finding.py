"""A council is found by what people call it."""

import pytest

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.frontends.website.finding import find_councils, list_open


def row(name: str, *, nation: str = "England", is_open: bool = False, short: str = "") -> OrganisationRow:
    return OrganisationRow(
        id=1,
        slug=name.lower(),
        name=name,
        short_name=short or name.split(" C", maxsplit=1)[0],
        nation=nation,
        powers=frozenset(),
        colour="#1d4f5c",
        contact="",
        is_open=is_open,
    )


LEEDS = row("Leeds City Council", is_open=True)
BRISTOL = row("Bristol City Council")
KENT = row("Kent County Council")
EAST_KENT = row("East Kent District Council", short="East Kent", is_open=True)
ANGLESEY = row("Cyngor Sir Ynys Môn", nation="Wales", short="Ynys Môn")
ALL = (BRISTOL, LEEDS, EAST_KENT, KENT, ANGLESEY)


@pytest.mark.parametrize("typed", ["leeds", "Leeds City Council", "  LEEDS  council", "lee", "city of leeds"])
def test_words_that_all_councils_share_do_not_hide_one(typed: str) -> None:
    assert find_councils(ALL, typed) == (LEEDS,)


def test_accents_do_not_matter() -> None:
    assert find_councils(ALL, "ynys mon") == (ANGLESEY,)


def test_open_ones_come_first() -> None:
    assert find_councils(ALL, "kent") == (EAST_KENT, KENT)


def test_only_shared_words_find_all_that_have_them() -> None:
    assert find_councils(ALL, "city council") == (LEEDS, BRISTOL)


@pytest.mark.parametrize("typed", ["", "   ", "-", "leeds x", "<script>"])
def test_what_says_nothing_finds_nothing(typed: str) -> None:
    assert find_councils(ALL, typed) == ()


def test_open_ones_of_the_same_nation_are_nearest() -> None:
    cardiff = row("Cardiff Council", nation="Wales", is_open=True)
    assert list_open((LEEDS, cardiff, KENT), near=ANGLESEY) == (cardiff, LEEDS)
