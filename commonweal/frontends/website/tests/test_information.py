"""Two people who differ only in a withheld opening get pages, copies and counts that do not differ (decision 29)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.identity.actions import accounts
from commonweal.capabilities.protection.actions import deciding
from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.capabilities.protection.queries import openings as reading_openings
from commonweal.conftest import Cast, Report
from commonweal.foundations.clocks.now import SetClock, at

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=40)
INFORMATION, OPENINGS, COPY = (f"/leeds/your/{part}/" for part in ("information", "openings", "information/copy"))
REQUESTS = "/leeds/your/requests/"
minutes = st.lists(st.integers(0, 60 * 24 * 4), max_size=6)


class Seen:
    """Everything that a person can see of an answer: status, headers, bytes, and what the database was asked."""

    def __init__(self, answer: Any, statements: list[str]) -> None:
        self.status, self.headers = answer.status_code, {k: _masked(v) for k, v in answer.items()}
        self.body = _masked(answer.content.decode("latin-1"))
        self.size, self.statements = len(self.body), statements


@given(histories=st.tuples(minutes, minutes.filter(bool)))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_withheld_opening_changes_no_byte_no_header_no_count_and_no_statement(
    cast: Cast,
    report: Report,
    rosa: Client,
    monkeypatch: pytest.MonkeyPatch,
    histories: tuple[list[int], list[int]],
) -> None:
    shown, withheld = histories
    monkeypatch.setattr(reading_openings, "_PAGE", 2)
    with _undone(), at(NOON) as clock:
        references = [report(cast.rosa), report(cast.rosa)]
        asked = make_request(cast.rosa, organisation=cast.leeds, kind="access").reference
        for minute in sorted(shown):
            _open(cast, clock, references[0], minute)
        _get(rosa, clock, INFORMATION)
        with _undone():
            without = _everything(rosa, clock, asked)
        for minute in sorted(withheld):
            _open(cast, clock, references[1], minute)
        clock.move_to(LATER - timedelta(hours=1))
        deciding.withhold(
            cast.olu,
            organisation=cast.leeds,
            reference=references[1],
            exemption="crime",
            review_on=date(2027, 3, 1),
            may_download=True,
        )
        with _undone():
            assert _differing(_everything(rosa, clock, asked), without) == []


def test_the_proof_would_notice_an_opening_that_is_shown(cast: Cast, report: Report, rosa: Client) -> None:
    with at(NOON) as clock:
        reference = report(cast.rosa)
        with _undone():
            before = _everything(rosa, clock)
        _open(cast, clock, reference, 5)
        with _undone():
            after = _everything(rosa, clock)
    differing = _differing(before, after)
    assert {f"{INFORMATION}: body", f"{OPENINGS}: body", "json: size"} <= set(differing)


def test_whoever_waits_is_told_so_in_the_same_words_whatever_the_reason(
    cast: Cast, report: Report, rosa: Client
) -> None:
    """Withheld and not looked at, or a second step that changed an hour ago: one answer."""
    with at(NOON) as clock:
        reference = report(cast.rosa)
        told = []
        with _undone():
            deciding.withhold(
                cast.olu, organisation=cast.leeds, reference=reference, exemption="crime", review_on=date(2027, 3, 1)
            )
            told.append(_press(rosa, clock))
        with _undone():
            clock.move_to(LATER - timedelta(hours=1))
            accounts.note_change(cast.rosa, account=cast.rosa.account or UUID(int=0))
            told.append(_press(rosa, clock))
    assert "We will check this and send it by" in told[0].body
    assert told[0].status == told[1].status == 200
    assert _words(told[0].body) == _words(told[1].body)


def test_the_page_before_pressing_is_the_same_for_everybody(cast: Cast, report: Report, rosa: Client) -> None:
    with at(NOON) as clock:
        _get(rosa, clock, COPY)
        empty = _get(rosa, clock, COPY)
        deciding.withhold(
            cast.olu,
            organisation=cast.leeds,
            reference=report(cast.rosa),
            exemption="crime",
            review_on=date(2027, 3, 1),
        )
        assert vars(_get(rosa, clock, COPY)) == vars(empty)


def test_personal_pages_and_files_stay_nowhere(cast: Cast, report: Report, rosa: Client) -> None:
    report(cast.rosa)
    for address in (INFORMATION, COPY, *_files(rosa.post(COPY)["Location"])):
        assert rosa.get(address)["Cache-Control"] == "no-store"


def test_the_schema_is_open_to_everybody(client: Client) -> None:
    schema = client.get("/information.schema.json").json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "portable" in schema["$defs"]["Item"]["required"]


def test_a_copy_has_three_forms_and_no_other(cast: Cast, report: Report, rosa: Client) -> None:
    report(cast.rosa)
    place = rosa.post(COPY)["Location"]
    kinds = [rosa.get(address)["Content-Type"] for address in _files(place)]
    assert kinds == ["application/pdf", "text/csv; charset=utf-8", "application/json"]
    assert rosa.get(f"{place}xml/").status_code == 404


def _files(place: str) -> list[str]:
    return [f"{place}{form}/" for form in ("pdf", "csv", "json")]


def _open(cast: Cast, clock: SetClock, reference: str, minute: int) -> None:
    clock.move_to(NOON + timedelta(minutes=minute))
    case_page(cast.priya, organisation=cast.leeds, reference=reference)


def _everything(rosa: Client, clock: SetClock, asked: str = "") -> dict[str, Seen]:
    """All that Rosa can see: her pages, each page of the openings, what she asked, and the copy in each form."""
    pages = (INFORMATION, COPY, REQUESTS, f"{REQUESTS}new/?kind=erasure", *([f"{REQUESTS}{asked}/"] if asked else []))
    seen = {address: _get(rosa, clock, address) for address in pages}
    address = OPENINGS
    while address:
        seen[address] = _get(rosa, clock, address)
        following = re.search(r'href="([^"]+)" rel="next"', seen[address].body)
        address = following[1] if following else ""
    seen["pressed"] = _press(rosa, clock)
    place = re.search(r'href="([^"]+)pdf/"', rosa.get(rosa.pressed).text)  # type: ignore[attr-defined]
    assert place
    for form in ("pdf", "csv", "json"):
        seen[form] = _get(rosa, clock, f"{place[1]}{form}/")
    return seen


def _differing(one: dict[str, Seen], other: dict[str, Seen]) -> list[str]:
    """Which part of which answer differs; also an answer that only one has."""
    alone = [f"{address}: only once" for address in one.keys() ^ other.keys()]
    both = one.keys() & other.keys()
    return alone + [
        f"{address}: {part}"
        for address in both
        for part, value in vars(one[address]).items()
        if vars(other[address])[part] != value
    ]


def _press(rosa: Client, clock: SetClock) -> Seen:
    clock.move_to(LATER)
    answer = rosa.post(COPY)
    rosa.pressed = answer["Location"]  # type: ignore[attr-defined]
    return _get(rosa, clock, answer["Location"])


def _get(rosa: Client, clock: SetClock, address: str) -> Seen:
    clock.move_to(LATER)
    with CaptureQueriesContext(connection) as asked:
        answer = rosa.get(address)
    return Seen(answer, [_masked(one["sql"]) for one in asked.captured_queries])


def _masked(text: str) -> str:
    """Without what is random on every page: ids, tokens of forms, the nonce, names of savepoints, new references."""
    text = re.sub(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", "ID", text)
    text = re.sub(r"expire_date\" > '[^']+'", "THE SIGN-IN PACKAGE'S CLOCK", text)
    return re.sub(
        r"s\d+_x\d+|nonce[-=][^\s']+|name=\"(csrfmiddlewaretoken|submission)\" value=\"[^\"]+\"", "RANDOM", text
    )


def _words(body: str) -> str:
    found = re.sub(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]\b", "REFERENCE", re.sub(r"<[^>]+>", " ", body))
    return " ".join(found.split())


@contextmanager
def _undone() -> Iterator[None]:
    """What happens within is taken back, as if it had been another person."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
