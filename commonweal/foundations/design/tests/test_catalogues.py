"""The catalogues are gathered and compiled without gettext's programs, and the Welsh fits the English."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest

from commonweal.foundations.design.catalogues import ROOT, compile_all, extract, find_catalogues, read_catalogue

# What these folders say is translated by those who wrote it; others' words are theirs to add.
OURS = ("commonweal/foundations/clocks", "commonweal/foundations/design", "commonweal/frontends/pages.py")
PLACES = re.compile(r"%\(\w+\)s|%?\{\w+\}")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one word in Python and one in a template, and an empty Welsh catalogue."""
    templates = tmp_path / "commonweal" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "commonweal" / "words.py").write_text('one = translatable("Hello {name}")\n')
    (templates / "page.html").write_text("<p>{% trans %}\n  Good\n  day\n{% endtrans %}</p>")
    (tmp_path / "locale" / "cy" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "locale" / "cy" / "LC_MESSAGES" / "django.po").write_text('msgid ""\nmsgstr "Language: cy\\n"\n')
    return tmp_path


def test_words_of_python_and_of_templates_are_gathered(project: Path) -> None:
    (source,) = extract(project)
    assert {message.id for message in read_catalogue(source) if message.id} == {"Hello {name}", "Good day"}


def test_gathering_again_changes_nothing_and_loses_no_translation(project: Path) -> None:
    (source,) = extract(project)
    assert extract(project) == []
    source.write_text(source.read_text().replace('msgid "Good day"\nmsgstr ""', 'msgid "Good day"\nmsgstr "Dydd da"'))
    extract(project)
    assert read_catalogue(source)["Good day"].string == "Dydd da"


def test_compiling_writes_what_gettext_reads(project: Path) -> None:
    (source,) = extract(project)
    source.write_text(source.read_text().replace('msgid "Good day"\nmsgstr ""', 'msgid "Good day"\nmsgstr "Dydd da"'))
    (compiled,) = compile_all(project)
    with compiled.open("rb") as file:
        assert GNUTranslations(file).gettext("Good day") == "Dydd da"


@pytest.mark.parametrize("source", find_catalogues(ROOT), ids=lambda source: source.parents[1].name)
def test_every_translation_has_the_same_places_as_the_english(source: Path) -> None:
    for message in read_catalogue(source):
        asked = message.id if isinstance(message.id, str) else message.id[0]
        given = [message.string] if isinstance(message.string, str) else message.string or []
        for said in filter(None, given if message.id else ()):
            assert set(PLACES.findall(said)) == set(PLACES.findall(asked)), said


@pytest.mark.parametrize("source", find_catalogues(ROOT), ids=lambda source: source.parents[1].name)
def test_our_own_words_are_all_translated(source: Path) -> None:
    ours = [
        message for message in read_catalogue(source) if any(file.startswith(OURS) for file, _ in message.locations)
    ]
    assert ours
    assert [message.id for message in ours if not message.string or not all(message.string)] == []
