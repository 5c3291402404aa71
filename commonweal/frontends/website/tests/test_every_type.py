"""A service that asks every type of question is filled in, sent and read at the desk, without JavaScript."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.conftest import SET_UP, Cast
from commonweal.frontends.website.tests.everything import DECLARATION, TYPED

SHOWN = (
    "29 February 1984",
    "May 2019",
    "1 High Street<br>Leeds<br>LS1 1UR",
    "£1,200.50",
    "12.5 kg",
    "Help with bins<br>Travel",
    "AB 12 34 56 C",
    "943 476 5870",
    "AB12 CDE",
    "Tea",
    "Bins & Sons",
    "🟢 green",
    "First.<br><br>Then.",
    "Agreed",
)


@pytest.fixture
def leeds(cast: Cast) -> int:
    offer_service(SET_UP, organisation=cast.leeds, declaration=DECLARATION.read_text())
    return cast.leeds


def test_every_type_is_asked_checked_changed_sent_and_read(cast: Cast, leeds: int, client: Client) -> None:
    where = client.get("/leeds/every-type/apply/")["Location"]
    for page, typed in TYPED.items():
        assert where.endswith(f"/{page}/")
        assert client.get(where).status_code == 200
        where = client.post(where, typed)["Location"]
    assert where.endswith("/check/")
    check = unescape(client.get(where).content.decode())
    for words in (*SHOWN, "07700 900123", "Not given"):
        assert words in check
    assert "What you need" not in check
    assert 'value="1200.50"' in client.get(where.replace("check", "amounts")).content.decode()
    done = client.get(client.post(where, {})["Location"]).content.decode()
    (reference, *_secret) = re.findall(r'class="cw-code">([^<]+)<', done)
    answers = case_page(cast.priya, organisation=leeds, reference=reference).answers
    told = "\n".join(answer.text for answer in answers)
    for words in SHOWN[1:]:
        assert words.replace("<br>", "\n") in told


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(leeds: int, client: Client) -> None:
    where = client.get("/leeds/every-type/apply/")["Location"]
    for page in ("before", "you", "home", "amounts"):
        where = client.post(where, TYPED[page])["Location"]
    answer = client.post(where, {"help": ["none", "meals"]})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Select the answers that apply, or select only “None of these”" in page
    assert page.count(" checked") == 2


@pytest.mark.parametrize("length", [10_000, 100_000, 3_000_000, 20_000_000])
@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", MULTIPART_CONTENT])
def test_a_text_that_is_far_too_long_gets_a_clear_sentence(
    leeds: int, client: Client, length: int, encoding: str
) -> None:
    where = client.get("/leeds/every-type/apply/")["Location"]
    for page in ("before", "you", "home", "amounts", "help", "numbers"):
        where = client.post(where, TYPED[page])["Location"]
    typed = TYPED["more"] | {"story": "x" * length}
    answer = client.post(where, typed if encoding == MULTIPART_CONTENT else urlencode(typed), encoding)
    page = unescape(answer.content.decode())
    if answer.status_code == 422:
        assert "What happened must be 300 characters or fewer" in page
        assert "x" * length in page
    else:
        assert answer.status_code == 413
        assert "make what you send shorter" in page
    assert client.get(where).status_code == 200
