"""Stories of the other services: an application and the visits that follow, as the content tells them.

A visit is somebody who opens the case after some days and does what stands there, in the order of `_DEEDS`. It ends
where the council has nobody who could do it, or where the time is over: so cases are open at every stage.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.queries.proving import case_with_secret
from commonweal.capabilities.catalogue.queries import services as catalogue
from commonweal.foundations.clocks.now import now
from commonweal.foundations.scope.actors import Resident, Visitor
from commonweal.frontends.cli.demo_history.acting import Council, account_of, people_of, staff_of, tell, words_of
from commonweal.frontends.cli.demo_history.applying import Application, apply, typed_as
from commonweal.frontends.cli.demo_history.course import Course
from commonweal.frontends.cli.demo_history.visiting import Visit, answer_back

Told = Mapping[str, Any]


class Story:
    """One application in a council, and what becomes of it."""

    def __init__(self, course: Course, council: Council, told: Told) -> None:
        self.course, self.council, self.told = course, council, told
        self._visits = iter(told.get("then", ()))
        residents = people_of(council, "") if told.get("is_own") else []
        resident = course.chance.choice(residents) if residents else None
        self._words = words_of(council, course.chance, resident)
        self._account = account_of(council, resident)
        self._decided: set[UUID] = set()
        self._reference = self._secret = ""

    def __call__(self) -> None:
        """The resident fills in the form and sends it."""
        receipt = apply(self.council, self._application(), self._account)
        self._reference, self._secret = receipt.reference, receipt.secret
        self.course.applied += 1
        tell(self.council)
        self._plan_next()

    def _application(self) -> Application:
        pages = {
            page: [typed_as(each, self._words) for each in told]
            if isinstance(told, list)
            else typed_as(told, self._words)
            for page, told in self.told["pages"].items()
        }
        return Application(self.told["service"], pages, self.told.get("although", {}))

    def _plan_next(self) -> None:
        visit = next(self._visits, None)
        if visit is None:
            return
        after = timedelta(days=visit.get("days", 1), hours=self.course.chance.randint(1, 6))
        if visit["by"] == "resident":
            self.course.plan(now() + after, lambda: self._return(visit))
        else:
            self.course.plan_at_work(after, lambda: self._be_visited(visit))

    def _return(self, visit: Told) -> None:
        """The applicant comes back, by their account or with reference and secret code."""
        organisation = self.council.organisation
        actor = Resident(account=self._account)
        if self._account is None:
            proven = case_with_secret(
                Visitor(), organisation=organisation, reference=self._reference, secret=self._secret
            )
            actor = Resident(case=proven.id)
        answer_back(actor, organisation, self._reference, visit)
        self._go_on()

    def _be_visited(self, visit: Told) -> None:
        team = self._team()
        but = self._decided if visit.get("is_other") else ()
        staff = staff_of(self.council, self.course.chance, visit["by"], team, but=but)
        if staff is None:
            return
        Visit(staff, self.council.organisation, self._reference, visit, self._words).pay()
        if "decide" in visit:
            self._decided.add(staff.account)
        self._go_on()

    def _team(self) -> str:
        offered = catalogue.service(Visitor(), organisation=self.council.organisation, name=self.told["service"])
        return offered.service.team

    def _go_on(self) -> None:
        self.course.plan(now() + TAKEN_BACK_WITHIN, lambda: tell(self.council))
        self._plan_next()
