"""`commonweal events`: what is not delivered and why, and what a person can do about it."""

import argparse
from typing import TYPE_CHECKING

from commonweal.frontends.cli.asking import asking, operator_of
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import steps_of

if TYPE_CHECKING:
    from commonweal.foundations.events.waiting import FailingEvent


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with events, each with its options."""
    add = steps_of(parser)
    add("list", show, "events that are not delivered, why, and how far behind delivery is; 1 when some fail")
    for name, step, words in (
        ("retry", retry, "deliver a failing event at the next turn, without waiting for its time"),
        ("give-up", give_up, "never deliver a failing event, so that those behind it go on without it"),
    ):
        add(name, step, words).add_argument("id", type=int, help="the number that `commonweal events list` shows")


def show(installation: Installation, options: argparse.Namespace) -> int:
    """List what fails."""
    with asking(installation, "events list"):
        from commonweal.foundations.events.waiting import COUNTED
        from commonweal.foundations.tasks.deliveries import delivery_lag, failing_events

        found, lag = failing_events(operator_of("events.command")), delivery_lag(operator_of("events.command"))
    for event in found:
        say(_describe(event))
    more = " or more" if lag.waiting == COUNTED else ""
    say(f"Events: {lag.waiting:,}{more} wait, {lag.failing:,} fail; the oldest due has waited {lag.seconds:.1f} s.")
    return 1 if found else 0


def retry(installation: Installation, options: argparse.Namespace) -> int:
    """Deliver it at the next turn."""
    with asking(installation, "events retry"):
        from commonweal.foundations.tasks.deliveries import retry_event

        event = _failing(options.id)
        retry_event(operator_of("events.command"), organisation=event.organisation, event=event.id)
    say(f"Event {event.id} is tried again at the worker's next turn.")
    return 0


def give_up(installation: Installation, options: argparse.Namespace) -> int:
    """Never deliver it."""
    with asking(installation, "events give-up"):
        from commonweal.foundations.tasks.deliveries import give_up_event

        event = _failing(options.id)
        give_up_event(operator_of("events.command"), organisation=event.organisation, event=event.id)
    say(f"Event {event.id} is given up; {event.behind} behind it go on.")
    return 0


def _describe(event: "FailingEvent") -> str:
    reason = event.error if event.is_known else f"{event.error}: no handler can be found for it, so it can be given up"
    return (
        f"{event.id}  {event.name}  organisation {event.organisation}  published {event.at:%Y-%m-%d %H:%M:%S}  "
        f"tried {event.attempts} times  next {event.next_at:%H:%M:%S}  {event.behind} behind it  {reason}"
    )


def _failing(number: int) -> "FailingEvent":
    from commonweal.foundations.events.waiting import COUNTED
    from commonweal.foundations.tasks.deliveries import failing_events

    for event in failing_events(operator_of("events.command"), at_most=COUNTED):
        if event.id == number:
            return event
    raise Problem(f"No event {number} fails: `commonweal events list` shows those that do.")
