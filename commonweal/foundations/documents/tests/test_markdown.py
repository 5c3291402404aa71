"""The small part of Markdown that letters know; all else is text as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.documents.markdown import parse


def shown(text: str) -> list[tuple[str, list[str]]]:
    """Each block with what a reader of each of its parts sees."""
    return [
        (block.kind, ["".join(span.get("text", "/") for span in part) for part in block.parts]) for block in parse(text)
    ]


def test_what_there_is() -> None:
    text = "Dear *Siân*,\n\nWe have **collected**\nyour bin.  \nThanks.\n\n## Next\n- one\n- two\n1. first\n2) second"
    assert shown(text) == [
        ("paragraph", ["Dear Siân,"]),
        ("paragraph", ["We have collected your bin./Thanks."]),
        ("heading", ["Next"]),
        ("bullets", ["one", "two"]),
        ("numbers", ["first", "second"]),
    ]


def test_kinds_of_words() -> None:
    (block,) = parse("a **b** *c* [d](https://leeds.example/d) 2*3*4")
    assert [span["kind"] for span in block.parts[0]] == [
        "text", "strong", "text", "emphasis", "text", "link", "text",
    ]  # fmt: skip
    assert block.parts[0][5]["target"] == "https://leeds.example/d"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "http://a.example", "data:text/html,x"]
)
def test_links_go_to_safe_places_alone(target: str) -> None:
    (block,) = parse(f"[click]({target})")
    assert {span["kind"] for span in block.parts[0]} == {"text"}


def test_headings_go_down_one_level_at_a_time() -> None:
    assert [block.level for block in parse("### a\n\n### b\n\n## c\n\n### d")] == [2, 3, 2, 3]


@given(st.text(alphabet="ab *_[](#)-1.\n<>&$\\`", max_size=80))
def test_no_letter_or_figure_is_lost(text: str) -> None:
    read = "".join(part for _kind, parts in shown(text) for part in parts)
    assert read.count("a") == text.count("a")
    assert read.count("b") == text.count("b")


def test_a_line_of_spaces_is_gone_through_once() -> None:
    """By a search for its end at each of them it took hours."""
    (block,) = parse(f"a{' ' * 400_000}b")
    assert [span["text"][::400_001] for span in block.parts[0]] == ["ab"]
