"""Bad input gets a clear sentence, in English and Welsh; what can be understood is taken as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.forms.rules.answers import given_by, in_words, parse
from commonweal.capabilities.forms.tests.asked import TODAY, answer, question

ANY = st.text(max_size=60)
TEXTS = [QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.NAME, QuestionType.EMAIL, QuestionType.PHONE]


def placed(address: str, postcode: str) -> str:
    return answer(QuestionType.PLACE, {"address": address, "postcode": postcode})


@pytest.mark.parametrize(
    "name", ["O", "Ö", "李", "عمر", "Siân O'Neill-Ďurica", "Jean‑Luc", "Renée 🌻", "ʻOumuamua", "X Æ A-12"]
)
def test_names_are_taken_as_people_write_them(name: str) -> None:
    assert answer(QuestionType.NAME, f"  {name} ") == name


def test_a_name_needs_a_letter() -> None:
    assert answer(QuestionType.NAME, "12345") == "The answer must include at least one letter"


def test_what_cannot_be_seen_is_dropped() -> None:
    assert answer(QuestionType.NAME, "Ro\x00sa\x1b\x07  Márquez\ud800\r\n") == "Rosa Márquez"
    assert answer(QuestionType.LONG_TEXT, "one\r\n\r\n\r\n\r\ntwo\x00 \x0b  three\n") == "one\n\ntwo three"


def test_an_accent_is_stored_one_way() -> None:
    assert answer(QuestionType.NAME, "Sia\u0302n") == "Si\u00e2n"


def test_right_to_left_marks_and_joined_emoji_stay() -> None:
    assert answer(QuestionType.TEXT, "\u200fעברית 👩‍👧") == "\u200fעברית 👩‍👧"


@pytest.mark.parametrize("turning", ["\u202e", "\u202b", "\u2067"])
def test_what_would_turn_the_text_after_it_around_is_dropped(turning: str) -> None:
    assert answer(QuestionType.NAME, f"{turning}Rosa{turning} Márquez") == "Rosa Márquez"
    assert answer(QuestionType.LONG_TEXT, f"one {turning}two\n\u200fעברית") == "one two\n\u200fעברית"


def test_too_long_says_how_long() -> None:
    assert answer(QuestionType.TEXT, "a" * 201) == "The answer must be 200 characters or fewer"
    assert answer(QuestionType.LONG_TEXT, "a" * 31, max_length=30) == "The answer must be 30 characters or fewer"
    assert answer(QuestionType.NAME, "a" * 20_000_000) == "The answer must be 120 characters or fewer"


@pytest.mark.parametrize(
    "good", ["a@b.example", "first.last+bin@sub.council.example", "o'neill@people.example", "ü@bücher.example"]
)
def test_email_addresses(good: str) -> None:
    assert answer(QuestionType.EMAIL, f" {good} ") == good


@pytest.mark.parametrize(
    "bad",
    [
        "rosa",
        "rosa@",
        "@example.com",
        "rosa@example",
        "a@b@c.example",
        "a b@c.example",
        "a..b@c.example",
        ".a@b.example",
        "a" * 250 + "@b.example",
    ],
)
def test_what_is_no_email_address(bad: str) -> None:
    assert answer(QuestionType.EMAIL, bad) == "Enter an email address in the correct format, like name@example.com"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("01632 960 001", "01632 960001"),
        ("+44 808 157 0192", "0808 157 0192"),
        ("+44 (0)7700 900982", "07700 900982"),
        ("++44 7700 900982", "07700 900982"),
        ("020 7946 0000 ext 12", "020 7946 0000 x12"),
        ("020 7946 0000, estyniad 12", "020 7946 0000 x12"),
        ("07700-900-982", "07700 900982"),
        ("٠٧٧٠٠ ٩٠٠ ٩٨٢", "07700 900982"),
        ("00 33 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("+1 202-555-0101", "+1 202-555-0101"),
    ],
)
def test_phone_numbers(typed: str, normal: str) -> None:
    assert answer(QuestionType.PHONE, typed) == normal


@pytest.mark.parametrize(
    "bad", ["12345", "7946000", "call me", "0800 CALL ME", "07700 900 982 or 983", "0" * 16, "0113 496 09999", "+999 1"]
)
def test_what_is_no_phone_number(bad: str) -> None:
    assert answer(QuestionType.PHONE, bad).startswith("Enter a phone number, like 01632 960 001")


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [("ls1 1ur", "LS1 1UR"), ("LS11UR", "LS1 1UR"), ("sw1a-2aa", "SW1A 2AA"), (" b t 1 5 g s ", "BT1 5GS")],
)
def test_postcodes(typed: str, postcode: str) -> None:
    assert placed("12  High\nStreet", typed) == f"12 High Street\n{postcode}"


@pytest.mark.parametrize(
    ("address", "postcode", "sentence"),
    [
        ("12 High Street", "", "Enter the postcode"),
        ("12 High Street", "LS1", "Enter a full UK postcode, like CF10 4UW"),
        ("12 High Street", "ＬＳ１ １ＵＲé", "Enter a full UK postcode, like CF10 4UW"),
        ("", "LS1 1UR", "Enter the house number or name and the street"),
        ("a" * 201, "LS1 1UR", "The answer must be 200 characters or fewer"),
        ("", "LS1", "Enter the house number or name and the street; Enter a full UK postcode, like CF10 4UW"),
    ],
)
def test_places_that_are_not_whole(address: str, postcode: str, sentence: str) -> None:
    assert placed(address, postcode) == sentence


def test_left_empty_each_part_that_is_missing_is_told_at_once() -> None:
    assert placed("", "") == "Answer the question; Enter the postcode"
    nothing = dict.fromkeys(("line1", "line2", "town", "postcode"), "")
    assert answer(QuestionType.ADDRESS, nothing) == "Answer the question; Enter the town or city; Enter the postcode"
    assert answer(QuestionType.ADDRESS, nothing, is_optional=True) == ""


@given(st.sampled_from(TEXTS), ANY)
def test_any_text_is_taken_or_told_and_taking_it_again_changes_nothing(kind: QuestionType, typed: str) -> None:
    asked = question(kind)
    found = parse(asked, {"q": typed}, today=TODAY)
    if isinstance(found, str):
        assert "\x00" not in found
        assert parse(asked, given_by(asked, found), today=TODAY) == found
    else:
        assert all(problem.say("en") and problem.say("cy") for problem in found)


@pytest.mark.parametrize(
    ("marked", "stored"),
    [
        ("53.79970,-1.54920", "53.79970,-1.54920"),
        ("53.7997, -1.5492", "53.79970,-1.54920"),
        ("51.48158123456,-0.000001", "51.48158,0.00000"),
        ("60.7966,-0.8456", "60.79660,-0.84560"),
        ("49.9,-6.3", "49.90000,-6.30000"),
        ("54.5,-8.17", "54.50000,-8.17000"),
    ],
)
def test_a_point_on_the_map_is_stored_to_a_metre(marked: str, stored: str) -> None:
    typed = {"address": "12 High Street", "postcode": "LS1 1UR", "point": marked}
    assert answer(QuestionType.PLACE, typed, on_map=True) == f"12 High Street\nLS1 1UR\n{stored}"
    asked = question(QuestionType.PLACE, on_map=True)
    told = stored.replace(",", ", ")
    assert in_words(asked, f"12 High Street\nLS1 1UR\n{stored}", "cy").endswith(f"\nPwynt ar y map: {told}")


@pytest.mark.parametrize(
    "marked",
    [
        "48.85,2.35",
        "53.35,-13.9",
        "0.0,0.0",
        "91.0,181.0",
        "NaN,NaN",
        "1e1,-1e0",
        "53,-1",
        "SE 299 339",
        "٥٣.٧,-١.٥",
        "5" * 999,
    ],
)
def test_a_point_that_is_none_here_is_told(marked: str) -> None:
    typed = {"address": "12 High Street", "postcode": "LS1 1UR", "point": marked}
    assert answer(QuestionType.PLACE, typed, on_map=True) == "Mark a point in the United Kingdom, or remove the mark"


def test_a_point_nobody_asked_for_is_not_kept() -> None:
    typed = {"address": "12 High Street", "postcode": "LS1 1UR", "point": "53.79970,-1.54920"}
    assert answer(QuestionType.PLACE, typed) == "12 High Street\nLS1 1UR"


def test_a_point_alone_is_no_address() -> None:
    typed = {"address": "", "postcode": "LS1", "point": "nowhere"}
    assert answer(QuestionType.PLACE, typed, on_map=True) == (
        "Enter the house number or name and the street; Enter a full UK postcode, like CF10 4UW; "
        "Mark a point in the United Kingdom, or remove the mark"
    )


@given(ANY, ANY)
def test_any_place_is_two_lines_or_told(address: str, postcode: str) -> None:
    asked = question(QuestionType.PLACE)
    found = parse(asked, {"q-address": address, "q-postcode": postcode}, today=TODAY)
    if isinstance(found, str):
        assert found.count("\n") == 1
        assert parse(asked, given_by(asked, found), today=TODAY) == found
