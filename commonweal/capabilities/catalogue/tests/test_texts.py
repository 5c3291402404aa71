"""A version whose text was not kept can be written on: its stored form becomes a text that says the same."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from commonweal.capabilities.catalogue.queries.texts import text_of
from commonweal.capabilities.catalogue.queries.wording import Bilingual
from commonweal.capabilities.catalogue.rules.loading import load
from commonweal.capabilities.catalogue.tests.declared import SMALLEST

STORED = load(SMALLEST, file="service.yaml")
EVERY = sorted(Path(settings.SERVICES).glob("*/service.yaml"))
# What stands in no declaration is left out: what cannot be seen, ends a line elsewhere or turns what follows.
_UNSEEN = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SEEN = st.characters(exclude_characters=_UNSEEN, include_characters="\n\t", exclude_categories=["Cc", "Cs"])
WORDS = st.text(_SEEN, max_size=60).map("a {}".format)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.parent.name)
def test_every_service_reads_back_as_it_was_stored(path: Path) -> None:
    service = load(path.read_text(), file=str(path))
    assert load(text_of(service), file="service.yaml") == service


@given(WORDS, WORDS)
def test_any_words_read_back(en: str, cy: str) -> None:
    said = STORED.model_copy(update={"title": Bilingual(en=en, cy=cy)})
    assert load(text_of(said), file="service.yaml") == said


@pytest.mark.parametrize("words", ["no", "true", "null", "~", "2026-11-22", "0x1F", "1", "- a", "a: b", "# a", "{}"])
def test_words_that_yaml_would_take_for_something_else(words: str) -> None:
    assert load(text_of(STORED.model_copy(update={"team": words})), file="service.yaml").team == words
