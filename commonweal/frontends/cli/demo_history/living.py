"""Living through half a year: reports of missed bins, stories of all other services, and requests about information."""

import random
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from commonweal.foundations.clocks.now import LONDON
from commonweal.frontends.cli.demo_history.acting import CONTENT, Council
from commonweal.frontends.cli.demo_history.course import Course
from commonweal.frontends.cli.demo_history.reports import Report
from commonweal.frontends.cli.demo_history.rights import Asking
from commonweal.frontends.cli.demo_history.stories import Story
from commonweal.frontends.cli.progress import Say

_SEED = 20261122
_IN_THE_MORNING = time(10, 40)


def live_through(
    progress: Say, councils: Iterable[Council], *, begin: datetime, until: datetime, cases_each: int, stories_each: int
) -> int:
    """Live through the time between two moments; returns how many cases were made.

    In each council there are `cases_each` reports, and each story happens up to `stories_each` times. Requests about
    people's information take nothing from the course's chance, so that all else stays as it was.
    """
    course = Course(random.Random(_SEED), until)  # noqa: S311 (a demonstration is to be the same each time)
    for council in councils:
        for _number in range(cases_each):
            moment = begin + (until - begin) * course.chance.random() ** 0.7
            course.plan(course.at_hour(moment, course.chance.randint(7, 21)), Report(course, council))
        for told in CONTENT["stories"]:
            for days_ago in told["began"].get(council.slug, ())[:stories_each]:
                moment = course.at_hour(until - timedelta(days=days_ago), course.chance.randint(7, 21))
                course.plan(moment, Story(course, council, told))
        for told in CONTENT["rights"]:
            for days_ago in told["began"].get(council.slug, ()):
                day = (until - timedelta(days=days_ago)).astimezone(LONDON).date()
                course.plan(datetime.combine(day, _IN_THE_MORNING, LONDON), Asking(course, council, told))
    course.run(progress)
    return course.applied
