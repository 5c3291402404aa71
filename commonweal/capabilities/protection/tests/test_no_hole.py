"""A pack is byte for byte what it would be if what is withheld had never happened (practice: tipping off)."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.protection.actions import deciding
from commonweal.conftest import Cast
from commonweal.foundations.clocks.now import SetClock, at
from tests.scenes.copying import Copying, contents

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=10)
minutes = st.lists(st.integers(0, 60 * 24 * 4), max_size=4)


@given(histories=st.tuples(minutes, minutes.filter(bool)))
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_withheld_opening_changes_no_file_of_a_pack(
    cast: Cast, tmp_path: Path, histories: tuple[list[int], list[int]]
) -> None:
    shown, withheld = histories
    begin = transaction.savepoint()
    try:
        with at(NOON) as clock:
            copying = Copying(cast)
            kept_shown = Copying(cast)
            copying.search()
            copying.redact_all()
            for minute in sorted(shown):
                _open(cast, clock, kept_shown.case, minute)
            without = _pack(copying, clock, tmp_path)
            for minute in sorted(withheld):
                _open(cast, clock, copying.case, minute)
            clock.move_to(LATER - timedelta(hours=1))
            deciding.withhold(
                cast.olu,
                organisation=cast.leeds,
                reference=copying.case,
                exemption="crime",
                review_on=date(2027, 3, 1),
            )
            made = _pack(copying, clock, tmp_path)
    finally:
        transaction.savepoint_rollback(begin)
    assert made.keys() == without.keys()
    assert [name for name, content in made.items() if content != without[name]] == []


@pytest.mark.django_db
def test_the_proof_would_notice_an_opening_that_is_shown(cast: Cast, tmp_path: Path) -> None:
    with at(NOON) as clock:
        copying = Copying(cast)
        copying.search()
        copying.redact_all()
        before = _pack(copying, clock, tmp_path)
        _open(cast, clock, copying.case, 5)
        after = _pack(copying, clock, tmp_path)
    assert {name for name in after if after[name] != before[name]} >= {"data/openings.csv", "data/openings.json"}
    assert len(json.loads(after["data/openings.json"])) == len(json.loads(before["data/openings.json"])) + 1


def _open(cast: Cast, clock: SetClock, reference: str, minute: int) -> None:
    clock.move_to(NOON + timedelta(minutes=minute))
    case_page(cast.priya, organisation=cast.leeds, reference=reference)


def _pack(copying: Copying, clock: SetClock, folder: Path) -> dict[str, bytes]:
    """The files of the pack made then, without the ids of files that are made anew; what it leaves is taken back."""
    clock.move_to(LATER)
    point = transaction.savepoint()
    try:
        made = contents(copying.make(folder))
    finally:
        transaction.savepoint_rollback(point)
    return {
        name: re.sub(rb"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", b"ID", content) for name, content in made.items()
    }
