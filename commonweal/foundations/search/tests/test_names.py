"""Words, sounds and forms of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.search.alike import names_like
from commonweal.foundations.search.names import MOST_FORMS, forms_of_name, tolerant_forms, with_one_left_out
from commonweal.foundations.search.phonetics import first_letter_of, sound_of
from commonweal.foundations.search.spelling import plain, words_of


@given(st.text())
def test_plain_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=80))
def test_a_name_has_the_same_few_forms_each_time(name: str) -> None:
    forms = forms_of_name(name)
    assert forms == forms_of_name(name)
    assert len(set(forms)) == len(forms) <= MOST_FORMS


@given(st.text(max_size=40))
def test_case_and_spaces_make_no_difference(name: str) -> None:
    assert forms_of_name(f"  {name}\n") == forms_of_name(name)


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9), min_size=2, max_size=2, unique=True))
def test_order_makes_no_difference(words: list[str]) -> None:
    one, other = forms_of_name(" ".join(words)), forms_of_name(" ".join(reversed(words)))
    if len(one) < MOST_FORMS:
        assert set(one) == set(other)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=7), st.data())
def test_one_letter_left_out_is_tolerated(word: str, data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(with_one_left_out(word)))
    assert f"d:{typed}" in tolerant_forms(word)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=7), st.data())
def test_two_neighbours_swapped_are_tolerated(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert {f"d:{form}" for form in with_one_left_out(typed)} & set(tolerant_forms(word))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mary O'Neill", ["mary", "oneill"]),
        ("mary o neill", ["mary", "oneill"]),
        ("Mrs. Mary O’Neill", ["mary", "oneill"]),
        ("Anne-Marie Smith", ["anne", "marie", "smith"]),
        ("Jan van der Berg", ["jan", "vanderberg"]),
        ("Mc Donald, Flora", ["mcdonald", "flora"]),
        ("Omar al-Rashid", ["omar", "alrashid"]),
        ("Ben Abdul", ["ben", "abdul"]),
        ("Łukasz Øster", ["lukasz", "oster"]),
        ("Miss", ["miss"]),
        ("习近平", ["习近平"]),
        ("'-", []),
    ],
)
def test_a_name_is_cut_into_words(name: str, words: list[str]) -> None:
    assert [word.text for word in words_of(name)] == words


@pytest.mark.parametrize(
    "alike",
    [
        "smith smyth smythe smithe",
        "catherine katherine kathryn cathryn",
        "davies davis",
        "llewellyn llewelyn lewellin",
        "rhys rees reece",
        "gruffydd griffith",
        "hughes huws hews",
        "mcdonald macdonald",
        "thomson tomson",
        "stephen steven stefan",
        "mohammed muhammad mohamed mahomed muhammet",
        "hussain hussein husain hossain",
        "chaudhry choudhury chowdhury choudhary",
        "begum begam",
        "qureshi kureshi",
        "lakshmi laxmi",
        "vijay wijay",
        "khan kan",
        "singh sing",
        "szymon shimon",
        "vaughan vaughn",
    ],
)
def test_these_sound_alike(alike: str) -> None:
    assert len({sound_of(word) for word in alike.split()}) == 1


@pytest.mark.parametrize("word", ["", "j", "习近平", "3rd"])
def test_what_is_no_word_in_latin_letters_has_no_sound(word: str) -> None:
    assert sound_of(word) == ""


def test_first_letters_of_one_sound_are_one() -> None:
    assert first_letter_of("catherine") == first_letter_of("katherine")
    assert first_letter_of("philip") == first_letter_of("filip")
    assert first_letter_of("mary") != first_letter_of("nary")


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("robert", "bob"),
        ("margaret", "peggy"),
        ("sian", "jane"),
        ("mohammed", "mo"),
        ("aoife", "eefa"),
        ("john", "jack"),
    ],
)
def test_names_stand_for_each_other_both_ways(name: str, also: str) -> None:
    assert also in names_like(name)
    assert name in names_like(also)


def test_most_words_stand_for_themselves_alone() -> None:
    assert names_like("smith") == names_like("") == frozenset()
