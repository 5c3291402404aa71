"""Online identifiers go when their time is over: one loop, one small sweep for each declared place.

A sweep takes the present moment and returns how much it removed. Capabilities register their own with `sweeps`.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection

from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data import access_log
from commonweal.foundations.personal_data.schedules import rule_for
from commonweal.foundations.tasks.standing import standing

logger = logging.getLogger(__name__)

Sweep = Callable[[datetime], int]
SWEEPS: dict[str, Sweep] = {}

_FORGET_JOBS = """
delete from procrastinate_jobs where id in (
    select job_id from procrastinate_events join procrastinate_jobs on procrastinate_jobs.id = job_id
    where status in ('succeeded', 'failed', 'cancelled', 'aborted') group by job_id having max(at) < %s
)
"""


def sweeps(name: str) -> Callable[[Sweep], Sweep]:
    """Register what keeps to the period of a place in ONLINE_IDENTIFIERS."""

    def register(sweep: Sweep) -> Sweep:
        SWEEPS[name] = sweep
        return sweep

    return register


def before(rule: str, moment: datetime) -> datetime:
    """What is older than this is past its time by a rule of the retention schedule."""
    return moment - rule_for(rule, "UK").period


@standing(seconds=3600)
def sweep_online_identifiers() -> int:
    """Every place is swept; one that fails is logged and keeps none of the others from it."""
    for name, sweep in SWEEPS.items():
        try:
            sweep(now())
        except Exception as error:  # one failure must not stop the rest
            logger.error("The sweep of %s failed and will be tried again: %s", name, type(error).__name__)
    return 0


@sweeps("access_log")
def sweep_access_log(moment: datetime) -> int:
    """Visits past their time; addresses past theirs are cut further."""
    return access_log.sweep(settings.LOGS, moment)


@sweeps("rate_counters")
def sweep_counters(moment: datetime) -> int:
    """Counters of this process that ran out; every web process sweeps its own as it counts."""
    sweep: Sweep | None = getattr(caches["default"], "sweep", None)
    return sweep(moment) if sweep else 0


@sweeps("error_reports")
def sweep_error_reports(moment: datetime) -> int:
    """Each day's reports go into a file of their own, which is deleted when its time is over."""
    oldest, today = before("error_reports", moment).date().isoformat(), moment.date().isoformat()
    deleted = 0
    for path in sorted(settings.LOGS.glob("*.log")):
        name, day = path.stem[:-10], path.stem[-10:]
        if path.name.startswith("access-"):
            continue
        if name.endswith("-") and day.count("-") == 2:
            if day < oldest:
                path.unlink(missing_ok=True)
                deleted += 1
        elif path.stat().st_size:
            _set_aside(path, path.with_name(f"{path.stem}-{today}.log"))
    return deleted


@sweeps("task_arguments")
def sweep_task_arguments(moment: datetime) -> int:
    """Tasks that ended, well or not."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_JOBS, [before("task_arguments", moment)])
        return int(cursor.rowcount)


def _set_aside(path: Path, target: Path) -> None:
    """Once a day, move what a running program appends to into the day's file; it goes on at the beginning."""
    if target.exists():
        return
    written = path.read_bytes()
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as aside:
        aside.write(written)
    os.truncate(path, 0)
