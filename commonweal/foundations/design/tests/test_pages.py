"""The layouts and parts: whole, strict, escaped, fit for a strict content security policy, in both languages."""

import re

import pytest
from django.utils import translation
from jinja2 import UndefinedError
from markupsafe import Markup

from commonweal.foundations.design.parts import Field, Kind, Masthead, Option
from commonweal.foundations.design.tests.gallery import build_environment, render_all, sample_context

FIELD_PAGE = '{% from "design/macros.html" import field, error_summary %}{{ error_summary([f]) }}{{ field(f) }}'


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_is_whole(language: str) -> None:
    with translation.override(language):
        for name, page in render_all().items():
            assert page.startswith("<!DOCTYPE html>"), name
            assert f'<html lang="{language}"' in page, name
            assert page.count("<h1") == page.count("<main") == 1, name
            assert 'href="#main-content"' in page, name
            assert "{{" not in page, name


def test_a_demonstration_says_so_and_is_not_indexed() -> None:
    template = build_environment().get_template("start.html")
    demo, real = template.render(sample_context()), template.render(sample_context(demo=False))
    assert '<meta name="robots" content="noindex">' in demo
    assert "It is not run by Midlothian Council" in demo
    assert "noindex" not in real
    assert "demonstration" not in real
    assert "any council" in template.render(sample_context(Masthead("Commonweal", is_organisation=False)))


def test_nothing_is_inline_but_what_carries_the_nonce() -> None:
    for name, page in render_all().items():
        assert not re.search(r"\s(style|on[a-z]+)=", page), name
        for tag in re.findall(r"<(?:script|style)[^>]*>", page):
            assert 'nonce="abc"' in tag, name


def test_a_name_a_template_does_not_know_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        build_environment().from_string("{{ forgotten }}").render()


def test_what_people_typed_is_escaped() -> None:
    field = Field("name", "Name", value='"><script>alert(1)</script>', error="<b>wrong</b>")
    page = build_environment().from_string(FIELD_PAGE).render(f=field)
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.GROUP, Kind.WORDS}))
def test_every_kind_of_field_has_a_component_whose_error_leads_to_it(kind: Kind) -> None:
    field = Field("asked", "What is it?", kind, hint="A hint", error="Say what it is", options=(Option("a", "A"),))
    page = build_environment().from_string(FIELD_PAGE).render(f=field)
    assert "What is it?" in page
    assert page.count("Say what it is") == 2
    target = re.findall(r'href="#([^"]+)"', page)[0]
    assert f'id="{target}"' in page


@pytest.mark.parametrize(("kind", "tag"), [(Kind.TEXT, "label"), (Kind.ONE_OF, "legend"), (Kind.DATE, "legend")])
def test_a_question_can_be_the_heading_of_its_page(kind: Kind, tag: str) -> None:
    page = build_environment().from_string(FIELD_PAGE).render(f=Field("asked", "What is it?", kind, is_heading=True))
    assert re.search(r"<h1[^>]*>", page)
    assert f"<{tag}" in page


def test_a_group_is_one_question_of_which_each_part_has_its_own_error() -> None:
    parts = (Field("home-line1", "Line 1", is_part=True), Field("home-town", "Town", error="Enter the town"))
    page = build_environment().from_string(FIELD_PAGE).render(f=Field("home", "Where?", Kind.GROUP, parts=parts))
    assert page.index("<legend") < page.index("Where?") < page.index('id="home-line1"') < page.index('id="home-town"')
    assert re.findall(r'href="#([^"]+)"', page) == ["home-town"]


def test_an_answer_that_rules_out_the_others_stands_apart_from_them() -> None:
    options = (Option("a", "A"), Option("b", "B"), Option("none", "None", is_alone=True))
    page = build_environment().from_string(FIELD_PAGE).render(f=Field("x", "Which?", Kind.MANY_OF, options=options))
    assert page.index('value="b"') < page.index("divider") < page.index('data-behaviour="exclusive"')


def test_words_alone_ask_nothing() -> None:
    field = Field("x", "Read this", Kind.WORDS, before=Markup("<p>Some words</p>"))
    page = build_environment().from_string(FIELD_PAGE).render(f=field)
    assert "<p>Some words</p>" in page
    assert "<input" not in page


def test_what_was_answered_is_kept() -> None:
    options = (Option("a", "A"), Option("b", "B"))
    several = Field("asked", "Which?", Kind.MANY_OF, value=("a", "b"), options=options)
    born = Field("born", "When?", Kind.DATE, value={"day": "31", "month": "2", "year": "19x0"})
    template = build_environment().from_string(FIELD_PAGE)
    assert template.render(f=several).count(" checked") == 2
    assert all(f'value="{part}"' in template.render(f=born) for part in ("31", "2", "19x0"))


def test_a_component_is_made_once_and_not_at_each_use() -> None:
    made = build_environment()
    name = "govuk_frontend_jinja/components/input/macro.html"
    assert made.get_template(name) is made.get_template(name)
