"""Who fits what was asked, and how well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.search.asking import understand
from commonweal.foundations.search.ranking import Question
from commonweal.foundations.search.rules import Day, Exact, Names, Phone

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def score(typed: str, *names: str, born: str = "", phone: str = "", email: str = "", is_near: bool = False) -> int:
    """How well somebody of these names fits, looked up as tokens are: by the forms that both sides make."""
    kept = {(Names.kind, form) for name in names for form in Names().forms(name)}
    for findable, value in ((Day(), born), (Phone(), phone), (Exact(), email)):
        kept |= {(findable.kind, form) for form in findable.forms(value)}
    question = Question(understand(typed))
    return question.score(kept & question.forms.keys(), is_near=is_near)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Siân Davies", "SIAN"),
        ("Siân Davies", "sian davis"),
        ("Siân Davies", "Jane Davies"),
        ("Mary O'Neill", "oneill"),
        ("Mary O'Neill", "Neill"),
        ("Mary O'Neill", "mary o neil"),
        ("Anne-Marie Smith", "anne marie"),
        ("Anne-Marie Smith", "annemarie smith"),
        ("Straße", "strasse"),
        ("Robert Smith", "Bob Smith"),
        ("Bob Smith", "robert smyth"),
        ("Margaret Jones", "Peggy Jones"),
        ("Mohammed Khan", "Mo Kahn"),
        ("Muhammad Hussain", "mohamed husein"),
        ("Aoife Byrne", "Eefa Burn"),
        ("Katherine Smith", "C Smith"),
        ("John Smith", "J Smith"),
        ("J Smith", "John Smith"),
        ("John Smith", "Smtih Jhon"),
        ("James Wilson", "jim wislon"),
        ("Catherine Williams", "Kathryn Wiliams"),
        ("Anne Featherstone", "ann fetherston"),
        ("Jean Langford", "Jean Lanfgord"),
        ("Anne Featherstone", "feathers"),
        ("Annabel Smith", "Ann Smith"),
        ("Robert Taylor", "Rob Tay"),
        ("Thomas Tayler", "tom tailor"),
        ("Lakshmi Chowdhury", "laxmi choudry"),
        ("Wojciech Kowalski", "wojciech kovalski"),
        ("Łukasz Nowak", "lukasz nowak"),
        ("Omar al-Rashid", "Al Rashid"),
        ("Jan van der Berg", "van den berg jan"),
        ("Mary Anne Smith", "smith mary"),
        ("Mary Smith", "mary anne smith"),
        ("Jakub Zieliński", "Jacub ieliński"),
        ("Piotr Kamiński", "Piotr aKmiński"),
        ("Saima Fatima Bakhullah", "Saiam Bakhulllah"),
        ("Mei Chan", "Mie Chn"),
        ("Karen Fox", "Kaern ox"),
        ("Philip Hall", "P Hall"),
        ("习近平", "习近平"),
    ],
)
def test_these_find_each_other(kept: str, typed: str) -> None:
    assert score(typed, kept) > 0


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("John Smith", "Mark Smith"),
        ("John Smith", "Jane Smith"),
        ("John Smith", "John Taylor"),
        ("John Ward", "John Ford"),
        ("Rosa Lund", "Rosa Hale"),
        ("Amina Yusuf", "nobody at all"),
        ("Mohammed Khan", "Mohammed Hussain"),
        ("Siân Davies", "Siân Evans"),
        ("Li Wei", "Wei Ng"),
        ("Anne Featherstone", "Anne Fairweather"),
        ("John Smith", ""),
        ("John Smith", "…"),
        ("John Smith", "a"),
    ],
)
def test_these_do_not(kept: str, typed: str) -> None:
    assert score(typed, kept) == 0


def test_the_word_counts_more_than_what_it_stands_for_and_that_more_than_its_sound_and_that_more_than_a_likeness() -> (
    None
):
    itself, stands_for = score("Robert Smith", "Robert Smith"), score("Bob Smith", "Robert Smith")
    sounds, looks = score("Robert Smyth", "Robert Smith"), score("Robert Simth", "Robert Smith")
    assert itself > stands_for > sounds
    assert score("Catherine Featherstone", "Kathryn Fetherston") < score(
        "Catherine Featherstone", "Catherine Fetherston"
    )
    assert score("Smart", "Samrt") > score("Wislon", "Wilson") > 0
    assert looks > 0


def test_an_initial_is_the_letter_itself_before_one_that_sounds_like_it() -> None:
    assert score("J Hall", "John Hall") > score("J Hall", "George Hall") > 0
    assert score("P Hall", "Philip Hall") == score("P Hall", "Paul Hall") > score("P Hall", "Fiona Hall")
    assert score("F Hall", "Philip Hall") > 0
    assert score("O Hall", "Oliver Hall") > score("O Hall", "Anne Hall")
    assert score("O Neill", "Mary O'Neill") >= score("O Neill", "Mary Neill") > 0
    assert score("E Hall", "Edward Hall") > score("E Hall", "Anne Hall") > 0


def test_evidence_adds() -> None:
    name = score("Sarah Jones", "Sarah Jones")
    born = score("Sarah Jones 4/3/1961", "Sarah Jones", born="1961-03-04")
    both = score("Sarah Jones 4/3/1961 0113 496 0123", "Sarah Jones", born="1961-03-04", phone="01134960123")
    assert name < born < both
    assert score("Sarah Jones LS1 4HR", "Sarah Jones", is_near=True) > name


def test_a_fact_makes_up_for_a_name_that_changed_but_not_for_another_person() -> None:
    assert score("Sarah Smith", "Sarah Jones") == 0
    assert score("Sarah Smith 4/3/1961", "Sarah Jones", born="1961-03-04") > 0
    assert score("Sarah Smith", "Sarah Jones", "Sarah Smith") > 0
    assert score("Mark Smith 4/3/1961", "Sarah Jones", born="1961-03-04") == 0


def test_a_fact_alone_finds() -> None:
    assert score("+44 113 496 0123", "Bo Li", phone="0113 496 0123") > 0
    assert score("BO@people.example", "Bo Li", email="bo@people.example") > 0
    assert score("4 March 1961", "Bo Li", born="1961-03-04") > 0


@given(st.lists(st.text(LETTERS, min_size=2, max_size=9), min_size=1, max_size=3, unique=True))
def test_everybody_is_found_by_their_own_name_in_any_order(words: list[str]) -> None:
    assert score(" ".join(words), " ".join(words)) > 0
    assert score(" ".join(reversed(words)).upper(), " ".join(words)) > 0


@given(st.text(LETTERS, min_size=5, max_size=7), st.text(LETTERS, min_size=5, max_size=7), st.data())
def test_one_letter_wrong_is_forgiven(first: str, last: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(last) - 1))
    wrong = data.draw(st.sampled_from(LETTERS))
    assert score(f"{first} {last[:at]}{wrong}{last[at + 1 :]}", f"{first} {last}") > 0


@given(st.text(LETTERS, min_size=5, max_size=7), st.text(LETTERS, min_size=3, max_size=12), st.data())
def test_two_letters_the_wrong_way_round_are_forgiven_in_words_of_any_length(
    first: str, last: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(last) - 2))
    assert score(f"{first} {last[:at]}{last[at + 1]}{last[at]}{last[at + 2 :]}", f"{first} {last}") > 0


@given(st.text(max_size=60))
def test_a_question_looks_up_a_bounded_number_of_forms(typed: str) -> None:
    assert len(Question(understand(typed)).forms) < 1500
