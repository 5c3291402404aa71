"""Which page comes next."""

from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.questions import Page, QuestionType
from commonweal.capabilities.forms.rules.path import first_missing, page_after, page_before
from commonweal.capabilities.forms.tests.asked import question, words

PAGES = {"first": ["a"], "second": ["b", "c"], "third": ["d"]}
SERVICE = Service.model_construct(
    pages=tuple(
        Page(
            key=page,
            title=words(page),
            questions=tuple(question(QuestionType.TEXT).model_copy(update={"key": key}) for key in keys),
        )
        for page, keys in PAGES.items()
    )
)
QUESTIONS = [key for keys in PAGES.values() for key in keys]


def test_pages_follow_each_other_to_the_end() -> None:
    keys = [page.key for page in SERVICE.pages]
    for page, following in zip(SERVICE.pages, [*SERVICE.pages[1:], None], strict=True):
        assert page_after(SERVICE, page.key) == following
    assert page_before(SERVICE, keys[0]) is None
    assert page_before(SERVICE, keys[1]) == SERVICE.pages[0]


@given(st.sets(st.sampled_from(QUESTIONS)))
def test_the_first_missing_page_has_a_question_nobody_answered_and_none_before_it_has(answered: set[str]) -> None:
    missing = first_missing(SERVICE, answered)
    if missing is None:
        assert answered == set(QUESTIONS)
        return
    assert not {question.key for question in missing.questions} <= answered
    for page in SERVICE.pages[: SERVICE.pages.index(missing)]:
        assert {question.key for question in page.questions} <= answered
