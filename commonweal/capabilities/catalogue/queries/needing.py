"""Whether an outcome is kept for longer than anything that its declaration names needs: a warning, never a refusal."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import Keep, Outcome
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Nation

_PERIODS = Path(__file__).resolve().parents[1] / "periods.yaml"
_DAYS_A_MONTH, _WORKING_DAYS_A_MONTH = 30, 20


@dataclass(frozen=True)
class KeptTooLong:
    """An outcome is kept for `months` in a nation where nothing that is named needs more than `needed`."""

    outcome: Bilingual
    nation: Nation
    months: int
    needed: int


def kept_too_long(service: Service) -> Iterator[KeptTooLong]:
    """Each period that exceeds what any clock, review, validity or law named needs."""
    for outcome in service.case.outcomes:
        for nation, keep in outcome.keep.items():
            needed = _months_needed(service, outcome, nation, keep)
            if keep.months > needed:
                yield KeptTooLong(outcome.label, nation, keep.months, needed)


def _months_needed(service: Service, outcome: Outcome, nation: Nation, keep: Keep) -> int:
    known = _periods()
    needs: list[int] = [known["ordinary"]]
    needs += [_months(clock.months, clock.days, clock.working_days) for clock in service.case.clocks]
    needs += [known["after_review"] + (review.within_months or 0) for review in service.case.reviews]
    if outcome.lasts is not None:
        needs.append(outcome.lasts.months + known["after_validity"])
    named = f"{keep.basis.en} {keep.reason.en}".lower()
    needs += [
        law["months"]
        for law in known["laws"]
        if nation in law["nations"] and any(name in named for name in law["names"])
    ]
    return max(needs)


def _months(months: int | None, days: int | None, working_days: int | None) -> int:
    return (months or 0) + -(-(days or 0) // _DAYS_A_MONTH) + -(-(working_days or 0) // _WORKING_DAYS_A_MONTH)


@cache
def _periods() -> Any:
    return yaml.safe_load(_PERIODS.read_text())
