"""A course of events under a seeded clock: what will happen, by moment; what happens may plan more."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import datetime, time, timedelta

from commonweal.foundations.clocks.now import LONDON, now, ticking
from commonweal.frontends.cli.progress import Say


class Course:
    """What will happen until a moment. `chance` decides all that is left to it, the same each time."""

    def __init__(self, chance: random.Random, until: datetime) -> None:
        self.chance, self.until, self.applied = chance, until, 0
        self._planned: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = itertools.count()

    def plan(self, moment: datetime, happening: Callable[[], None]) -> None:
        """Something happens at that moment, if that is not past the end."""
        heapq.heappush(self._planned, (moment, next(self._number), happening))

    def plan_at_work(self, after: timedelta, happening: Callable[[], None]) -> None:
        """Something happens that long from now, or at the next moment in office hours on a weekday."""
        moment = now() + after
        local = moment.astimezone(LONDON)
        if not 9 <= local.hour < 17:
            moment = self.at_hour(moment + timedelta(hours=7 if local.hour >= 17 else 0), 9)
        while moment.astimezone(LONDON).weekday() > 4:
            moment += timedelta(days=1)
        self.plan(moment, happening)

    def at_hour(self, moment: datetime, hour: int) -> datetime:
        """Some moment within an hour of that day."""
        day = moment.astimezone(LONDON).date()
        return datetime.combine(day, time(hour, self.chance.randint(0, 59), self.chance.randint(0, 59)), LONDON)

    def run(self, progress: Say) -> None:
        """Let all of it happen, each at its moment; tells each month that begins."""
        if not self._planned:
            return
        month = 0
        with ticking(self._planned[0][0]) as clock:
            while self._planned:
                moment, _number, happening = heapq.heappop(self._planned)
                if moment >= self.until:
                    return
                if moment.month != month:
                    month = moment.month
                    progress(f"  {moment:%B} ({self.applied} cases so far)")
                clock.move_to(moment)
                happening()
