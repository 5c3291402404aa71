"""What somebody does who opens a case: each by its real action, as a page of the workspace or website would call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commonweal.capabilities.cases.actions import (
    asking,
    assigning,
    closing,
    extending,
    finding,
    moving,
    noting,
    publishing,
    reviewing,
)
from commonweal.capabilities.cases.actions.lettering import NewLetter
from commonweal.capabilities.cases.actions.publishing import NewDisclosure
from commonweal.capabilities.cases.queries import letters
from commonweal.capabilities.cases.queries import opening as pages
from commonweal.foundations.scope.actors import Resident, Staff
from commonweal.frontends.cli.demo_history.applying import typed_as

Told = Mapping[str, Any]


def answer_back(actor: Resident, organisation: int, reference: str, visit: Told) -> None:
    """The applicant answers what they were asked, or challenges what was decided."""
    if "answer" in visit:
        asking.answer_question(actor, organisation=organisation, reference=reference, text=visit["answer"])
    else:
        review, text = visit["challenge"]["review"], visit["challenge"]["words"]
        reviewing.ask_review(actor, organisation=organisation, reference=reference, review=review, text=text)


@dataclass
class Visit:
    """A member of staff at a case, with what they are to do there."""

    staff: Staff
    organisation: int
    reference: str
    told: Told
    words: Mapping[str, str]

    def pay(self) -> None:
        """Open the case and do what is told, in the order in which it is done on the page."""
        page = pages.case_page(
            self.staff, organisation=self.organisation, reference=self.reference, reason=self.told.get("reason", "")
        )
        self.where: dict[str, Any] = {"organisation": self.organisation, "case": page.id}
        self.revision = page.revision
        self.records = {row.key: row.number for row in page.work.facts}
        for deed in _DEEDS:
            if deed in self.told:
                getattr(self, f"_{deed}")(self.told[deed])

    def _take(self, _is_taken: bool) -> None:
        assigning.assign(self.staff, **self._seen(), assignee=self.staff.account)

    def _note(self, text: str) -> None:
        noting.add_note(self.staff, **self.where, text=text)

    def _tick(self, tasks: list[str]) -> None:
        for task in tasks:
            finding.tick_task(self.staff, **self.where, task=task, is_done=True)

    def _find(self, facts: Told) -> None:
        for fact, found in facts.items():
            given = typed_as({fact: found}, self.words)
            finding.record_fact(self.staff, **self.where, fact=fact, given=given, seen=self.records[fact])

    def _extend(self, asked: Told) -> None:
        extending.extend(self.staff, **self._seen(), clock=asked["clock"], reason=asked["reason"])

    def _move(self, to: str) -> None:
        moving.move(self.staff, **self._seen(), to=to, question=self.told.get("question", ""))

    def _decide(self, decision: Told) -> None:
        reasons, letter = decision.get("reasons", []), None
        if "letter" in decision:
            draft = letters.draft_letter(
                self.staff,
                organisation=self.organisation,
                reference=self.reference,
                outcome=decision["outcome"],
                reasons=reasons,
                reason=self.told.get("reason", ""),
            )
            # What they add stands first, below the greeting.
            body = draft.body.replace("\n\n", f"\n\n{decision['letter']}\n\n", 1)
            letter = NewLetter(draft.title, body, draft.language)
        closing.close(self.staff, **self._seen(), outcome=decision["outcome"], reasons=reasons, letter=letter)

    def _publish(self, written: Told) -> None:
        disclosure = NewDisclosure(written["title"], written["summary"], is_sure=True)
        publishing.publish_case(self.staff, **self.where, written=disclosure)

    def _seen(self) -> dict[str, Any]:
        """The case as they see it now; what they do next makes another revision of it."""
        self.revision += 1
        return self.where | {"revision": self.revision - 1}


_DEEDS = ("take", "note", "tick", "find", "extend", "move", "decide", "publish")
