"""When a request about somebody’s information is due (data-protection.md section 1). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.explaining import Step, translatable
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.periods import complaint_due
from commonweal.foundations.clocks.rights import rights_request_due


@dataclass(frozen=True)
class Facts:
    """What the clock of a request counts from (data-protection.md section 1): the kind asked for, and local days.

    What was asked for and has not come is `evidence_asked` or `fee_asked` without its other half.
    """

    kind: str
    received: date
    evidence_asked: date | None = None
    evidence: date | None = None
    fee_asked: date | None = None
    fee: date | None = None
    extended: date | None = None
    acknowledged: date | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def waits_since(self) -> date | None:
        """Since when evidence or a fee is awaited, without which the clock does not start."""
        waiting = [(self.evidence_asked, self.evidence), (self.fee_asked, self.fee)]
        return next((asked for asked, came in waiting if asked and came is None), None)


COMPLAINT_AIM_MONTHS = 3
"""By when a complaint is aimed to be answered: the law says without undue delay (DPA 2018 section 164A)."""


CAPABLE_AT = {Nation.SCOTLAND: 12}
"""From which age a child is presumed able to ask for themselves, by nation (DPA 2018 section 208); elsewhere it goes by
what they understand."""


def request_due(facts: Facts, calendar: Calendar) -> Due:
    """When a request is due. Raises ExtensionTooLate when the notice of an extension went out too late.

    Evidence and fee move the start. Only a request for a copy waits for clarification (Article 12A speaks of Article 15
    alone): a question about any other leaves its clock running, which is the stricter reading.
    """
    if facts.kind == "complaint":
        return _complaint_due(facts)
    evidence, fee = facts.evidence or facts.evidence_asked, facts.fee or facts.fee_asked
    start = max(day for day in (facts.received, evidence, fee) if day is not None)
    due = rights_request_due(
        facts.received,
        calendar,
        evidence=evidence,
        fee_paid=fee,
        pauses=_counted(facts.pauses, start) if facts.kind == "access" else (),
        extended_on=facts.extended,
    )
    return _not_started(due, facts) if facts.waits_since else due


def _counted(pauses: Iterable[Pause], start: date) -> tuple[Pause, ...]:
    """The pauses as far as the clock ran: what moved its start may have come after the question."""
    running = (pause for pause in pauses if pause.answered is None or pause.answered >= start)
    return tuple(Pause(max(pause.asked, start), pause.answered) for pause in running)


def _not_started(due: Due, facts: Facts) -> Due:
    """The earliest it can be, had what is awaited come on the day it was asked for."""
    received = Step(translatable("We received the request on {received}."), {"received": facts.received})
    message = (
        translatable("We asked for evidence on {asked}. The time starts when we receive it.")
        if facts.evidence_asked and facts.evidence is None
        else translatable("We asked for a fee on {asked}. The time starts when it is paid.")
    )
    asked = Step(message, {"asked": facts.waits_since or due.start})
    return replace(due, explain=(received, asked), stopped_since=facts.waits_since)


def _complaint_due(facts: Facts) -> Due:
    due = complaint_due(facts.received)
    if facts.acknowledged is None:
        return due
    day = months_after(facts.received, COMPLAINT_AIM_MONTHS)
    told = translatable("We acknowledged the complaint on {acknowledged}.")
    aim = translatable("The law sets no date for the answer: it comes without undue delay. We aim for {day}.")
    steps = (Step(told, {"acknowledged": facts.acknowledged}), Step(aim, {"day": day}))
    return Due(start=facts.received, day=day, act_by=day, ends=end_of(day), explain=(*due.explain, *steps))
