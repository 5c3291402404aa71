"""Half a year in the life of the demonstration's councils: one seeded course of events, each by its real action."""

import heapq
import itertools
import random
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import yaml

from commonweal.capabilities.cases.actions import assigning, closing, moving, noting, opening
from commonweal.capabilities.cases.events import TAKEN_BACK_WITHIN
from commonweal.capabilities.cases.queries import opening as pages
from commonweal.capabilities.forms.actions import filling as forms
from commonweal.capabilities.identity import queries as identity
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.messages import queries as written
from commonweal.foundations.clocks.now import LONDON, local_date, now, ticking
from commonweal.foundations.personal_data.purposes import SENDING
from commonweal.foundations.personal_data.trace import ReadingRefused
from commonweal.foundations.scope.actors import DraftHolder, Resident, Staff, System, Visitor
from commonweal.foundations.tasks.dispatcher import dispatch_all
from commonweal.frontends.demo_people import PEOPLE, WASTE, DemoPerson

_CONTENT: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("demo_content.yaml").read_text())
_SEED = 20261122
_SENDER = System(task="messages.send", purposes=frozenset({SENDING.code}))
_OUTCOMES = ("collected", "collected", "collected", "collected", "not_out", "duplicate", "not_ours")


class Council(Protocol):
    """What history needs to know of a council."""

    @property
    def slug(self) -> str: ...
    @property
    def organisation(self) -> int: ...
    @property
    def accounts(self) -> dict[str, UUID]: ...


def live_through(councils: Iterable[Council], *, begin: datetime, until: datetime, cases_each: int) -> int:
    """Live through the time between two moments; returns how many cases were reported."""
    course = _Course(random.Random(_SEED), until)  # noqa: S311 (a demonstration is to be the same each time)
    for council in councils:
        for _number in range(cases_each):
            moment = begin + (until - begin) * course.chance.random() ** 0.7
            course.plan(_at_hour(moment, course.chance.randint(7, 21), course.chance), _Report(course, council))
    course.run(begin)
    return course.reported


class _Course:
    """What will happen, by moment; what happens may plan more."""

    def __init__(self, chance: random.Random, until: datetime) -> None:
        self.chance, self.until, self.reported = chance, until, 0
        self._planned: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = itertools.count()

    def plan(self, moment: datetime, happening: Callable[[], None]) -> None:
        heapq.heappush(self._planned, (moment, next(self._number), happening))

    def run(self, begin: datetime) -> None:
        with ticking(begin) as clock:
            while self._planned:
                moment, _number, happening = heapq.heappop(self._planned)
                if moment >= self.until:
                    return
                clock.move_to(moment)
                happening()


class _Report:
    """One resident's report of a missed bin, and all that follows from it."""

    def __init__(self, course: _Course, council: Council) -> None:
        self.course, self.council, self.chance = course, council, course.chance
        self.reference = ""

    def __call__(self) -> None:
        """The resident fills in the form and sends it."""
        account = self._account()
        organisation, pages_given = self.council.organisation, list(self._given().items())
        asking = Resident(account=account) if account else Visitor()
        first, given = pages_given[0]
        draft = forms.start_draft(
            asking, organisation=organisation, service="missed_collection", page=first, given=given
        )
        holder = DraftHolder(draft=draft, account=account)
        for page, typed in pages_given[1:]:
            forms.answer_page(holder, organisation=organisation, page=page, given=typed)
        self.reference = opening.submit(holder, organisation=organisation).reference
        self.course.reported += 1
        self._tell()
        self.course.plan(self._at_work(hours=self.chance.randint(1, 20)), self._schedule)

    def _schedule(self) -> None:
        """A case worker opens the case, takes it, and sends the crew back."""
        worker = self._staff(WASTE)
        page = pages.case_page(worker, organisation=self.council.organisation, reference=self.reference)
        organisation, case = self.council.organisation, page.id
        assigning.assign(worker, organisation=organisation, case=case, revision=page.revision, assignee=worker.account)
        moving.move(worker, organisation=organisation, case=case, revision=page.revision + 1, to="schedule")
        if self.chance.random() < 0.4:
            text = self.chance.choice(_CONTENT["notes"])
            noting.add_note(worker, organisation=organisation, case=case, text=text)
        if self.chance.random() < 0.05:
            self._stray()
        self.course.plan(self._at_work(hours=self.chance.randint(12, 70)), self._close)

    def _close(self) -> None:
        """A case worker closes the case with what the crew reported."""
        worker = self._staff(WASTE)
        page = pages.case_page(worker, organisation=self.council.organisation, reference=self.reference)
        closing.close(
            worker,
            organisation=self.council.organisation,
            case=page.id,
            revision=page.revision,
            outcome=self.chance.choice(_OUTCOMES),
        )
        self.course.plan(now() + TAKEN_BACK_WITHIN, self._tell)

    def _stray(self) -> None:
        """A colleague of another team tries to open it, and is refused."""
        others = [person for person in self._people("case_worker") if person.team != WASTE]
        for other in others:
            try:
                pages.case_page(self._actor(other), organisation=self.council.organisation, reference=self.reference)
            except ReadingRefused:
                continue

    def _tell(self) -> None:
        """The dispatcher and the sender do their work at this moment; nothing leaves the demonstration."""
        dispatch_all()
        for organisation, message in written.waiting(_SENDER, organisations=(self.council.organisation,), at_most=20):
            messages.begin_sending(_SENDER, organisation=organisation, message=message)
            written.to_send(_SENDER, organisation=organisation, message=message)
            messages.finish_sending(_SENDER, organisation=organisation, message=message, is_sent=True)

    def _account(self) -> UUID | None:
        """One report in twelve is made by the resident who can be played."""
        residents = [self.council.accounts[person.email] for person in self._people("")]
        return self.chance.choice(residents) if residents and self.chance.random() < 1 / 12 else None

    def _given(self) -> dict[str, dict[str, str]]:
        """What the resident types, page by page."""
        pick = self.chance.choice
        first, last = pick(_CONTENT["first_names"]), pick(_CONTENT["last_names"])
        due = local_date(now()) - timedelta(days=self.chance.randint(0, 2))
        postcode = f"{_CONTENT['postcodes'][self.council.slug]} {self.chance.randint(1, 9)}{pick('ABDE')}{pick('JLNP')}"
        return {
            "bin": {"bin": pick(["general", "general", "recycling", "food", "garden"])},
            "due": {"due-day": str(due.day), "due-month": str(due.month), "due-year": str(due.year)},
            "where": {
                "place-address": f"{self.chance.randint(1, 120)} {pick(_CONTENT['streets'])}",
                "place-postcode": postcode,
                "left_at": pick(_CONTENT["left_at"]),
            },
            "contact": {
                "name": f"{first} {last}",
                "email": f"{first}.{self.chance.randint(1, 999)}@people.example".lower().replace("â", "a"),
                "phone": f"07700 900{self.chance.randint(0, 999):03}" if self.chance.random() < 0.3 else "",
            },
        }

    def _people(self, role: str) -> list[DemoPerson]:
        return [person for person in PEOPLE if person.council == self.council.slug and person.role == role]

    def _staff(self, team: str) -> Staff:
        return self._actor(self.chance.choice([one for one in self._people("case_worker") if one.team == team]))

    def _actor(self, person: DemoPerson) -> Staff:
        account = self.council.accounts[person.email]
        return identity.staff(
            Resident(account=account),
            organisation=self.council.organisation,
            account=account,
            has_second_factor=True,
        )

    def _at_work(self, *, hours: int) -> datetime:
        """A moment that many hours on, or the next in office hours on a weekday."""
        moment = now() + timedelta(hours=hours)
        local = moment.astimezone(LONDON)
        if not 9 <= local.hour < 17:
            moment = _at_hour(moment + timedelta(hours=7 if local.hour >= 17 else 0), 9, self.chance)
        while moment.astimezone(LONDON).weekday() > 4:
            moment += timedelta(days=1)
        return moment


def _at_hour(moment: datetime, hour: int, chance: random.Random) -> datetime:
    local = moment.astimezone(LONDON)
    return datetime.combine(local.date(), time(hour, chance.randint(0, 59), chance.randint(0, 59)), LONDON)
