"""Requests about people's information: some in hand, one overdue, one that waits for its answer, one extended."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from commonweal.capabilities.protection.actions import answering, clarifying, timing
from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.scope.actors import Resident, Staff, Visitor
from commonweal.frontends.cli.demo_history.acting import Council, acting, people_of, tell
from commonweal.frontends.cli.demo_history.course import Course

Told = Mapping[str, Any]


class Asking:
    """One request in a council, and what its officer does about it."""

    def __init__(self, course: Course, council: Council, told: Told) -> None:
        self.course, self.council, self.told = course, council, told
        self._steps = iter(told.get("then", ()))
        self._reference = ""

    def __call__(self) -> None:
        """Somebody asks, signed in, without an account, or on the phone to somebody who works here."""
        said = {name: text for name, text in self.told.items() if name not in ("began", "by", "then")}
        asked = make_request(self._asker(), organisation=self.council.organisation, **said)
        self._reference = asked.reference
        tell(self.council)
        self._plan_next()

    def _asker(self) -> Resident | Visitor | Staff:
        residents = people_of(self.council, "")
        if self.told["by"] == "resident" and residents:
            return Resident(account=self.council.accounts[residents[0].email])
        return (
            acting(self.council, people_of(self.council, "case_worker")[0]) if self.told["by"] == "staff" else Visitor()
        )

    def _plan_next(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            self.course.plan(now() + timedelta(days=step["days"]), lambda: self._do(step))

    def _do(self, step: Told) -> None:
        """The officer does the next thing at their desk."""
        given = {name: each for name, each in step.items() if name not in ("days", "do")}
        if step["do"] in _CAME:
            given["came_on"] = today()
        officer = acting(self.council, people_of(self.council, "data_protection_officer")[0])
        _DEEDS[step["do"]](officer, organisation=self.council.organisation, reference=self._reference, **given)
        tell(self.council)
        self._plan_next()


_CAME = frozenset({"evidence_came"})
_DEEDS: dict[str, Callable[..., None]] = {
    "ask_evidence": timing.ask_evidence,
    "evidence_came": timing.record_evidence,
    "clarify": clarifying.ask_to_clarify,
    "extend": timing.extend,
    "acknowledge": timing.acknowledge,
    "complete": answering.complete,
    "refuse": answering.refuse,
}
