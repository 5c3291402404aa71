"""What a clock says: the last day in law, the day to act by, and every step that led there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from commonweal.foundations.clocks.explaining import Step
from commonweal.foundations.clocks.now import LONDON


@dataclass(frozen=True)
class Due:
    """When something is due. `act_by` is the stricter reading, shown to those who do the work; `day` is the law's.

    While `stopped_since` is set the clock waits for an answer, and `day` is the earliest it can be.
    """

    start: date
    day: date
    act_by: date
    ends: datetime
    explain: tuple[Step, ...]
    stopped_since: date | None = None

    def is_late(self, moment: datetime) -> bool:
        """Whether the whole period had passed at that aware moment; a stopped clock is never late."""
        return self.stopped_since is None and moment >= self.ends


def end_of(day: date) -> datetime:
    """The first moment after a Europe/London day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON).astimezone(UTC)
