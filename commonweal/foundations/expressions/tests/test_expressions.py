"""Conditions and amounts: typed when declared, and never a crash when something is not known."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.expressions.expressions import Expression, Kind, NotAnExpression, compile_expression

KINDS = {
    "answers.age": Kind.WHOLE,
    "answers.items": Kind.TEXTS,
    "answers.born": Kind.DAY,
    "answers.name": Kind.TEXT,
    "answers.children": Kind.ROWS,
    "today": Kind.DAY,
}


def condition(source: str) -> Expression:
    return compile_expression(source, kinds=KINDS, gives=Kind.TRUTH)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("answers.age > 'x'", "no matching overload"),
        ("answers.height > 2", "undeclared reference"),
        ("1 +", "Syntax error"),
        ("answers.age + 1", "must give yes or no"),
        ("true" + " || true" * 200, "at most 1000 characters"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_reason(source: str, told: str) -> None:
    with pytest.raises(NotAnExpression, match=told):
        condition(source)


def test_a_condition_over_what_was_not_answered_does_not_hold() -> None:
    assert condition("answers.age > 64").holds({"answers.age": 65})
    assert not condition("answers.age > 64").holds({})
    assert not condition("!(answers.age > 64)").holds({})
    assert condition("answers.age > 64 || answers.name == 'Ada'").holds({"answers.name": "Ada"})


def test_an_amount_is_worked_out_in_whole_pence() -> None:
    fee = compile_expression("2500 + (size(answers.items) - 1) * 500", kinds=KINDS, gives=Kind.WHOLE)
    assert fee.work_out({"answers.items": ["sofa", "bed", "fridge"]}) == 3500
    assert fee.work_out({}) is None
    assert (
        compile_expression("1 / (answers.age - 1)", kinds=KINDS, gives=Kind.WHOLE).work_out({"answers.age": 1}) is None
    )


def test_a_birthday_on_29_february_completes_its_year_on_1_march() -> None:
    of_age = condition("years(answers.born, today) >= 18")
    assert not of_age.holds({"answers.born": date(2008, 2, 29), "today": date(2026, 2, 28)})
    assert of_age.holds({"answers.born": date(2008, 2, 29), "today": date(2026, 3, 1)})


def test_groups_are_looked_through() -> None:
    has_infant = condition("answers.children.exists(child, child.age < 2)")
    assert has_infant.holds({"answers.children": [{"age": 5}, {"age": 1}]})
    assert not has_infant.holds({"answers.children": []})


def test_what_takes_too_many_steps_does_not_hold() -> None:
    """The implementation breaks off after 10,000 steps; a form with such a condition is still filled in."""
    children = "answers.children"
    source = "".join(f"{children}.all({name}, " for name in "abcd") + "true" + "))))"
    assert not condition(source).holds({children: [{"age": 1}] * 20})
    assert condition(source).holds({children: [{"age": 1}]})


@pytest.mark.parametrize(
    "source",
    [
        "size(['aaaaaaaaaa']" + ".map(a, a + a)" * 40 + "[0]) > 5",
        "[['a', 'a']].all(a, [a + a].all(b, [b + b].all(c, c == c)))",
        "{'a': ['b']}.a.all(a, [a + a].exists(b, b == 'b'))",
        "{'a': ['b']} .a . all (a, a == 'b')",
        "{'a': ['b']}.a // answers\n.all(a, a == 'b')",
        "(true ? ['a'] : answers.items).all(a, a == 'b')",
        "answers.items.map(a, a + a).all(b, b != '')",
        ".answers.items.all(a, a == 'b')",
        "answers.items.all(a, size(a + a + a + a + a) > 5)",
    ],
)
def test_what_could_fill_any_memory_is_refused(source: str) -> None:
    """Each list of its own making holds twice as much as the one before; so do sums at each step: memory is bounded."""
    with pytest.raises(NotAnExpression, match=r"is named|no comment|at most 3 sums"):
        condition(source)


@pytest.mark.parametrize(
    "source",
    [
        "answers.items.all(a, a == 'b')",
        "!answers.items.exists(a, a in answers.items.filter(b, b != 'x'))",
        "answers.age > 2 && answers.children.exists(child, child.toys.all(toy, toy != 'ball'))",
        "size(answers.items.map(a, a + a)) == 1",
        "'all (of us)' in answers.items || answers.name == 'a.map(x, y)'",
    ],
)
def test_what_has_a_name_is_gone_through(source: str) -> None:
    assert isinstance(condition(source), Expression)


@given(st.text(max_size=80))
def test_any_text_is_an_expression_or_is_refused(source: str) -> None:
    with suppress(NotAnExpression):
        assert condition(source).holds({}) in {True, False}


def test_a_date_within_a_group_is_text_that_becomes_a_date_again() -> None:
    rows: list[dict[str, object]] = [{"born": date(2010, 2, 1)}, {"born": date(2020, 2, 1)}]
    kinds = {"answers.children": Kind.ROWS, "today": Kind.DAY}
    source = "answers.children.exists(one, years(timestamp(one.born + 'T00:00:00Z'), today) < 10)"
    is_young = compile_expression(source, kinds=kinds, gives=Kind.TRUTH)
    assert is_young.holds({"answers.children": rows, "today": date(2026, 11, 22)})
    assert not is_young.holds({"answers.children": rows[:1], "today": date(2026, 11, 22)})


def test_it_knows_the_names_it_mentions_and_no_others() -> None:
    kinds = {"facts.a": Kind.TEXT, "facts.ab": Kind.TEXT, "answers.c": Kind.TEXTS, "today": Kind.DAY}
    compiled = compile_expression("facts.ab == 'facts.a' || \"today\" in answers.c", kinds=kinds, gives=Kind.TRUTH)
    assert compiled.names == {"facts.ab", "answers.c"}
