"""Staff find a sealed value by its words; the index says nothing without the organisation's key."""

from typing import Any
from uuid import UUID

import pytest

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.personal_data.tokens import delete_tokens, rows_with_all, token_of, write_tokens
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.search.rules import Exact, Findable, Words

KEY = b"t" * 32


def found(organisation: int, *terms: tuple[Findable, str]) -> list[UUID]:
    with read_scope(SET_UP, (organisation,)):
        return rows_with_all(terms, at_most=20)


def _tokens(organisation: int) -> set[bytes]:
    with read_scope(SET_UP, (organisation,)):
        return {bytes(token) for token in SearchToken.objects.values_list("token", flat=True)}


@pytest.mark.django_db
class TestFinding:
    @pytest.mark.parametrize("typed", ["Rosa Lund", "rosa", "LUND", "lund, rosa", " Rósa ", "Rosa  Lund"])
    def test_by_words_however_they_are_written(self, rosa_lund: UUID, cast: Cast, typed: str) -> None:
        assert found(cast.leeds, (Words(), typed)) == [rosa_lund]

    @pytest.mark.parametrize("typed", ["Rosa Hale", "Ros", "Rosalund", "", "   ", "rosa@people.example"])
    def test_not_by_others(self, rosa_lund: UUID, cast: Cast, typed: str) -> None:
        assert found(cast.leeds, (Words(), typed)) == []

    def test_by_all_of_several_terms(self, rosa_lund: UUID, cast: Cast) -> None:
        assert found(cast.leeds, (Words(), "Lund"), (Exact(), "ROSA@people.example")) == [rosa_lund]
        assert found(cast.leeds, (Words(), "Lund"), (Exact(), "sam@people.example")) == []

    def test_not_from_another_organisation(self, rosa_lund: UUID, cast: Cast) -> None:
        assert found(cast.cardiff, (Words(), "Rosa")) == []

    def test_not_when_nothing_was_ever_indexed(self, cast: Cast) -> None:
        assert found(cast.fife, (Words(), "Rosa")) == []

    def test_by_the_new_name_after_a_change(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            write_tokens(people.objects.get(id=rosa_lund), {"name": "Rosa Hale"})
        assert found(cast.leeds, (Words(), "Lund")) == []
        assert found(cast.leeds, (Words(), "Hale")) == [rosa_lund]
        assert found(cast.leeds, (Exact(), "rosa@people.example")) == [rosa_lund]

    def test_no_longer_when_the_person_is_gone(self, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            delete_tokens(rosa_lund)
        assert found(cast.leeds, (Words(), "Rosa")) == []
        assert _tokens(cast.leeds) == set()

    def test_only_by_what_is_declared(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            row = people.objects.get(id=rosa_lund)
            with pytest.raises(TypeError, match="declares no way of being found"):
                write_tokens(row, {"language": "en"})


class TestTheIndex:
    def test_equal_text_of_two_kinds_gives_two_tokens(self) -> None:
        assert token_of(KEY, Words(), "rosa") != token_of(KEY, Exact(), "rosa")

    def test_equal_text_under_two_keys_gives_two_tokens(self) -> None:
        assert token_of(KEY, Words(), "rosa") != token_of(b"u" * 32, Words(), "rosa")

    def test_kind_and_form_do_not_run_together(self) -> None:
        class One:
            kind = "wo"

        class Other:
            kind = "wor"

        assert token_of(KEY, One(), "rd") != token_of(KEY, Other(), "d")  # type: ignore[arg-type]

    @pytest.mark.django_db
    def test_two_organisations_share_no_token(self, cast: Cast) -> None:
        from commonweal.capabilities.people import actions as keeping

        for organisation in (cast.leeds, cast.cardiff):
            keeping.record_person(
                SET_UP, organisation=organisation, account=None, name="Rosa Lund", email="", phone="", language="en"
            )
        here, there = _tokens(cast.leeds), _tokens(cast.cardiff)
        assert here
        assert there
        assert not here & there
