"""Staff find a sealed value by what it shares with a question; without the key the index tells nothing."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.personal_data import tokens
from commonweal.foundations.personal_data.models import SearchToken
from commonweal.foundations.personal_data.tests.conftest import acting, keep_person
from commonweal.foundations.personal_data.tokens import candidates, delete_tokens, token_of, write_tokens
from commonweal.foundations.scope.scopes import read_scope
from commonweal.foundations.search.ranking import PAIR, Hint

KEY = b"t" * 32
ROSA, LUND, HALE = ("name", "w:rosa"), ("name", "w:lund"), ("name", "w:hale")
MAIL = ("exact", "rosa@people.example")


def found(organisation: int, *forms: tuple[str, str], near: tuple[UUID, ...] = ()) -> dict[UUID, set[tuple[str, str]]]:
    with read_scope(SET_UP, (organisation,)):
        return candidates(dict.fromkeys(forms, (Hint(1, 1.0),)), near=near, weight_of_near=1.0)


def _tokens(organisation: int) -> set[bytes]:
    with read_scope(SET_UP, (organisation,)):
        return {bytes(token) for token in SearchToken.objects.values_list("token", flat=True)}


@pytest.mark.django_db
class TestFinding:
    def test_with_all_that_is_shared_and_nothing_else(self, rosa_lund: UUID, cast: Cast) -> None:
        assert found(cast.leeds, ROSA, LUND, HALE, MAIL) == {rosa_lund: {ROSA, LUND, MAIL}}
        assert found(cast.leeds, HALE, ("exact", "w:rosa")) == {}
        assert found(cast.leeds) == {}

    def test_being_near_finds_nobody_alone(self, rosa_lund: UUID, cast: Cast) -> None:
        assert found(cast.leeds, ROSA, near=(rosa_lund, uuid4())) == {rosa_lund: {ROSA}}
        assert found(cast.leeds, HALE, near=(rosa_lund,)) == {}

    @pytest.mark.parametrize(
        ("hints", "is_rosa"),
        [
            ({ROSA: Hint(1, 60), LUND: Hint(2, 60), HALE: Hint(2, 100)}, True),
            ({ROSA: Hint(1, 60), LUND: Hint(1, 60), HALE: Hint(1, 100)}, False),
            ({ROSA: Hint(1, 60, is_added=True), LUND: Hint(1, 60, is_added=True), HALE: Hint(1, 100)}, True),
            ({ROSA: Hint(1, 60), LUND: Hint(PAIR, 120), HALE: Hint(1, 100)}, True),
            ({ROSA: Hint(1, 60), MAIL: Hint(-1, 150), HALE: Hint(1, 200)}, True),
        ],
    )
    def test_those_with_the_best_hints_for_all_parts_are_looked_at(
        self,
        hints: dict[tuple[str, str], Hint],
        is_rosa: bool,
        rosa_lund: UUID,
        cast: Cast,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Of each word the best counts and not their number, else a common first name would drown a misspelt last."""
        monkeypatch.setattr(tokens, "MOST_CANDIDATES", 1)
        other = keep_person(cast.leeds, "Ann Hale")
        with read_scope(SET_UP, (cast.leeds,)):
            (chosen,) = candidates({form: (hint,) for form, hint in hints.items()}, near=(), weight_of_near=0)
        assert chosen == (rosa_lund if is_rosa else other)

    def test_a_question_looks_at_a_bounded_number_of_rows_the_newest(
        self, rosa_lund: UUID, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        latest = keep_person(cast.leeds, "Rosa Hale")
        assert found(cast.leeds, ROSA).keys() == {rosa_lund, latest}
        monkeypatch.setattr(tokens, "MOST_ROWS", 1)
        assert found(cast.leeds, ROSA).keys() == {latest}

    def test_in_one_statement_beside_the_key(self, rosa_lund: UUID, cast: Cast) -> None:
        counts = []
        for forms in ((ROSA,), (ROSA, LUND, HALE, MAIL)):
            with read_scope(SET_UP, (cast.leeds,)), CaptureQueriesContext(connection) as asked:
                candidates(dict.fromkeys(forms, (Hint(1, 1.0),)), near=(), weight_of_near=0)
            counts.append(len(asked))
        assert counts == [2, 2]

    def test_not_from_another_organisation(self, rosa_lund: UUID, cast: Cast) -> None:
        assert found(cast.cardiff, ROSA) == {}

    def test_not_when_nothing_was_ever_indexed(self, cast: Cast) -> None:
        assert found(cast.fife, ROSA) == {}

    def test_by_the_new_name_after_a_change(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            write_tokens(people.objects.get(id=rosa_lund), {"name": "Rosa Hale"})
        assert found(cast.leeds, LUND) == {}
        assert found(cast.leeds, HALE, MAIL) == {rosa_lund: {HALE, MAIL}}

    def test_no_longer_when_the_person_is_gone(self, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            delete_tokens(rosa_lund)
        assert found(cast.leeds, ROSA) == {}
        assert _tokens(cast.leeds) == set()

    def test_only_by_what_is_declared(self, people: Any, rosa_lund: UUID, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            row = people.objects.get(id=rosa_lund)
            with pytest.raises(TypeError, match="declares no way of being found"):
                write_tokens(row, {"language": "en"})


class TestTheIndex:
    def test_equal_text_of_two_kinds_gives_two_tokens(self) -> None:
        assert token_of(KEY, "name", "rosa") != token_of(KEY, "exact", "rosa")

    def test_equal_text_under_two_keys_gives_two_tokens(self) -> None:
        assert token_of(KEY, "name", "rosa") != token_of(b"u" * 32, "name", "rosa")

    def test_kind_and_form_do_not_run_together(self) -> None:
        assert token_of(KEY, "wo", "rd") != token_of(KEY, "wor", "d")

    @pytest.mark.django_db
    def test_two_organisations_share_no_token(self, cast: Cast) -> None:
        from commonweal.capabilities.people.actions import recording as keeping

        for organisation in (cast.leeds, cast.cardiff):
            keeping.record_person(
                SET_UP, organisation=organisation, account=None, name="Rosa Lund", email="", phone="", language="en"
            )
        here, there = _tokens(cast.leeds), _tokens(cast.cardiff)
        assert here
        assert there
        assert not here & there
