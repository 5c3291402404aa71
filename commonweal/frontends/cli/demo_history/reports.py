"""Missed collections, the service most used: reported, sent back to the crew, and closed."""

from collections.abc import Mapping
from datetime import timedelta

from commonweal.capabilities.cases.actions import assigning, closing, moving, noting
from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.queries import opening as pages
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import Staff
from commonweal.frontends.cli.demo_history.acting import (
    CONTENT,
    Council,
    account_of,
    acting,
    people_of,
    staff_of,
    tell,
    words_of,
)
from commonweal.frontends.cli.demo_history.applying import Application, apply, typed_as
from commonweal.frontends.cli.demo_history.course import Course
from commonweal.frontends.demo_people import WASTE, DemoPerson

_OUTCOMES = ("collected", "collected", "collected", "collected", "not_out", "duplicate", "not_ours")


class Report:
    """One resident's report of a missed bin, and all that follows from it."""

    def __init__(self, course: Course, council: Council) -> None:
        self.course, self.council, self.chance = course, council, course.chance
        self.reference = ""

    def __call__(self) -> None:
        """The resident fills in the form and sends it."""
        resident = self._resident()
        application = self._application(words_of(self.council, self.chance, resident))
        self.reference = apply(self.council, application, account_of(self.council, resident)).reference
        self.course.applied += 1
        tell(self.council)
        self.course.plan_at_work(timedelta(hours=self.chance.randint(1, 20)), self._schedule)

    def _schedule(self) -> None:
        """A case worker opens the case, takes it, and sends the crew back."""
        worker = self._worker()
        page = pages.case_page(worker, organisation=self.council.organisation, reference=self.reference)
        organisation, case = self.council.organisation, page.id
        assigning.assign(worker, organisation=organisation, case=case, revision=page.revision, assignee=worker.account)
        moving.move(worker, organisation=organisation, case=case, revision=page.revision + 1, to="schedule")
        if self.chance.random() < 0.4:
            noting.add_note(worker, organisation=organisation, case=case, text=self.chance.choice(CONTENT["notes"]))
        if self.chance.random() < 0.05:
            self._stray()
        self.course.plan_at_work(timedelta(hours=self.chance.randint(12, 70)), self._close)

    def _close(self) -> None:
        """A case worker closes the case with what the crew reported."""
        worker = self._worker()
        page = pages.case_page(worker, organisation=self.council.organisation, reference=self.reference)
        closing.close(
            worker,
            organisation=self.council.organisation,
            case=page.id,
            revision=page.revision,
            outcome=self.chance.choice(_OUTCOMES),
        )
        self.course.plan(now() + TAKEN_BACK_WITHIN, lambda: tell(self.council))

    def _stray(self) -> None:
        """A colleague of another team tries to open it, and is refused."""
        strays = [person for person in people_of(self.council, "case_worker") if person.team != WASTE]
        if not strays:
            return
        stray = acting(self.council, self.chance.choice(strays))
        try:
            pages.case_page(stray, organisation=self.council.organisation, reference=self.reference)
        except ReadingRefused:
            return

    def _worker(self) -> Staff:
        worker = staff_of(self.council, self.chance, "case_worker", WASTE)
        assert worker is not None, f"nobody deals with waste in {self.council.slug}"
        return worker

    def _resident(self) -> DemoPerson | None:
        """One report in twelve is made by the resident who can be played."""
        residents = people_of(self.council, "")
        return self.chance.choice(residents) if residents and self.chance.random() < 1 / 12 else None

    def _application(self, someone: Mapping[str, str]) -> Application:
        """What the resident types, page by page."""
        pick = self.chance.choice
        phone = "{phone}" if self.chance.random() < 0.3 else ""
        place = {"place-address": "{street}", "place-postcode": "{postcode}", "left_at": pick(CONTENT["left_at"])}
        told: dict[str, dict[str, object]] = {
            "bin": {"bin": pick(["general", "general", "recycling", "food", "garden"])},
            "due": {"due": {"days": -self.chance.randint(0, 2)}},
            "where": {**place},
            "contact": {"name": "{name}", "email": "{email}", "phone": phone},
        }
        return Application("missed_collection", {page: typed_as(typed, someone) for page, typed in told.items()})
