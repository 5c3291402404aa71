"""Which pages are asked, which comes next, and what is still to answer."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import AskedOf, Exit, Fee, Page, QuestionType, Repeat
from commonweal.capabilities.forms.rules.conditions import Known, questions_that_route, work_out_fee
from commonweal.capabilities.forms.rules.path import WENT_ON, mark_of_items, work_out_path
from commonweal.capabilities.forms.rules.paths import Path, Place, Slot
from commonweal.capabilities.forms.tests.asked import question, words

PAGES = ["a", "b", "c", "d", "e"]
ONLINE = Known(date(2026, 11, 22))
AT_COUNTER = Known(date(2026, 11, 22), channel="counter", is_staff=True)


def page(key: str, *, shown_when: str | None = None, kind: QuestionType = QuestionType.YES_NO, **more: Any) -> Page:
    """A page with one question, whose key is the page's with a q before it."""
    asked = question(kind).model_copy(update={"key": f"q{key}"})
    return Page(key=key, title=words(key), shown_when=shown_when, questions=(asked,), **more)


def service(*pages: Page) -> Service:
    return Service.model_construct(pages=pages, fee=None)


def exits(when: str) -> tuple[Exit, ...]:
    return (Exit(key="out", when=when, title=words("Not for you"), words=words("It is not.")),)


@st.composite
def declared(draw: st.DrawFn) -> Service:
    """A form whose every page may rest on any page before it, ask staff alone, or show an exit."""
    pages = []
    for number, key in enumerate(PAGES):
        earlier = PAGES[:number]
        wanted = draw(st.sampled_from([*earlier, None]))
        is_no = draw(st.booleans())
        condition = None if wanted is None else f"{'!' if is_no else ''}answers.q{wanted}"
        asked_of = draw(st.sampled_from(list(AskedOf)))
        way_out = exits(f"answers.q{key}") if draw(st.booleans()) else ()
        pages.append(page(key, shown_when=condition, asked_of=asked_of, exits=way_out))
    return service(*pages)


answers = st.dictionaries(st.sampled_from([(f"q{key}", 0) for key in PAGES]), st.sampled_from(["yes", "no", ""]))
either = st.sampled_from([ONLINE, AT_COUNTER])


def keys(path: Path) -> list[str]:
    return [step.page.key for step in path.steps]


@given(declared(), answers, either)
def test_the_path_never_holds_a_page_whose_condition_does_not_hold(
    form: Service, stored: dict[Slot, str], known: Known
) -> None:
    path = work_out_path(form, stored, known)
    for step in path.steps:
        condition = step.page.shown_when
        if condition is not None:
            wanted = "no" if condition.startswith("!") else "yes"
            rests_on = condition.rpartition("answers.")[2]
            assert stored[rests_on, 0] == wanted
            assert rests_on.removeprefix("q") in keys(path), "an answer off the path decides nothing"
        assert step.page.asked_of is AskedOf.EVERYONE or known.is_staff


@given(declared(), answers, either)
def test_the_path_always_ends(form: Service, stored: dict[Slot, str], known: Known) -> None:
    filled: dict[Slot, str] = dict(stored)
    for _step in range(3 * len(PAGES)):
        place = work_out_path(form, filled, known).missing
        if place is None:
            return
        if place.way_out:
            filled[WENT_ON, 0] = f"{filled.get((WENT_ON, 0), '')}\n{place.page}.{place.way_out}"
        else:
            filled[f"q{place.page}", place.item] = "yes"
    raise AssertionError("somebody who answers whatever is asked is asked for ever")


@given(declared(), answers, either)
def test_the_first_missing_page_has_nothing_missing_before_it(
    form: Service, stored: dict[Slot, str], known: Known
) -> None:
    path = work_out_path(form, stored, known)
    places = keys(path)
    before = places if path.missing is None else places[: places.index(path.missing.page)]
    assert all((f"q{key}", 0) in stored for key in before)


@given(declared(), answers, either)
def test_pages_follow_each_other_to_the_end_and_back(form: Service, stored: dict[Slot, str], known: Known) -> None:
    path = work_out_path(form, stored, known)
    for key, following in zip(keys(path), [*keys(path), None][1:], strict=True):
        assert path.after(key) == (Place(following) if following else None)
        if following:
            assert path.before(following) == Place(key)


@given(declared(), answers, either, st.sampled_from(PAGES))
def test_what_is_off_the_path_changes_nothing_on_it(
    form: Service, stored: dict[Slot, str], known: Known, other: str
) -> None:
    path = work_out_path(form, stored, known)
    if other not in keys(path):
        for text in ("yes", "no"):
            assert work_out_path(form, stored | {(f"q{other}", 0): text}, known) == path


def test_a_day_ahead_that_has_passed_is_asked_for_again() -> None:
    asked = question(QuestionType.DATE, from_days=1)
    form = service(Page(key="day", title=words("The day"), questions=(asked,)), page("b"))
    stored = {("q", 0): "2026-11-23", ("qb", 0): "no"}
    assert work_out_path(form, stored, ONLINE).missing is None
    assert work_out_path(form, stored, Known(date(2026, 11, 23))).missing == Place("day")
    assert work_out_path(form, stored | {("q", 0): "2026-11-24"}, Known(date(2026, 11, 23))).missing is None


def test_an_exit_stands_in_the_way_until_it_is_passed_or_the_answer_changes() -> None:
    form = service(page("a", exits=exits("answers.qa")), page("b"))
    stored = {("qa", 0): "yes", ("qb", 0): "no"}
    assert work_out_path(form, stored, ONLINE).missing == Place("a", way_out="out")
    passed = work_out_path(form, stored | {(WENT_ON, 0): "a.out"}, ONLINE)
    assert passed.missing is None
    assert [each.key for each in passed.passed()] == ["out"]
    changed = work_out_path(form, stored | {(WENT_ON, 0): "a.out", ("qa", 0): "no"}, ONLINE)
    assert changed.missing is None
    assert changed.passed() == ()


class TestThingsOfAPageThatRepeats:
    FORM = service(
        page("children", repeats=Repeat(called=words("child"), add=words("Add"), at_least=1, at_most=2)),
        page("many", shown_when="size(answers.children) > 1"),
    )

    def test_the_first_is_asked_for_at_once(self) -> None:
        assert work_out_path(self.FORM, {}, ONLINE).missing == Place("children", 1)

    def test_one_is_enough_once_somebody_says_so(self) -> None:
        one: dict[Slot, str] = {("qchildren", 1): "yes"}
        assert work_out_path(self.FORM, one, ONLINE).missing == Place("children")
        done = work_out_path(self.FORM, one | {mark_of_items(self.FORM.pages[0]): ""}, ONLINE)
        assert (done.missing, keys(done)) == (None, ["children"])

    def test_a_condition_counts_them(self) -> None:
        two = {("qchildren", 1): "yes", ("qchildren", 4): "no", mark_of_items(self.FORM.pages[0]): ""}
        path = work_out_path(self.FORM, two, ONLINE)
        assert keys(path) == ["children", "many"]
        assert path.steps[0].items == (1, 4)
        assert path.values["answers.children"] == [{"qchildren": True}, {"qchildren": False}]

    def test_too_many_are_never_sent(self) -> None:
        three = {("qchildren", item): "yes" for item in (1, 2, 3)} | {mark_of_items(self.FORM.pages[0]): ""}
        assert work_out_path(self.FORM, three, ONLINE).missing == Place("children")


def test_a_question_is_asked_only_when_its_condition_holds() -> None:
    own = page("b")
    hidden = question(QuestionType.TEXT).model_copy(update={"key": "why", "shown_when": "answers.qa"})
    form = service(page("a"), own.model_copy(update={"questions": (*own.questions, hidden)}))
    shown = work_out_path(form, {("qa", 0): "yes"}, ONLINE).steps[1].page.questions
    assert [each.key for each in shown] == ["qb", "why"]
    assert [each.key for each in work_out_path(form, {("qa", 0): "no"}, ONLINE).steps[1].page.questions] == ["qb"]


@pytest.mark.parametrize(("pence", "fee"), [("0 - 5", 0), ("500", 500), ("9000000000", 2**31 - 1)])
def test_a_fee_can_be_kept_whatever_number_of_things_was_typed(pence: str, fee: int) -> None:
    service = Service.model_construct(pages=(), fee=Fee.model_construct(pence=pence))
    assert work_out_fee(service, {}) == fee


def test_an_answer_that_decides_the_way_is_known_however_it_is_spaced() -> None:
    asked = service(page("a"), page("b", shown_when="answers . qa"), page("c", shown_when="!answers.\nqb"))
    assert questions_that_route(asked) == {"qa", "qb"}
