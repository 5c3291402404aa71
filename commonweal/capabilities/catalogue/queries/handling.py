"""What a declaration says happens after submitting: stages, moves, facts, tasks, outcomes, reviews and messages."""

from typing import Annotated

from pydantic import Field

from commonweal.capabilities.catalogue.queries.clocks import Clock, Reason
from commonweal.capabilities.catalogue.queries.questions import Condition, Question
from commonweal.capabilities.catalogue.queries.wording import Bilingual, Declared, Key, Nation

PLACEHOLDERS = frozenset({"reference", "organisation", "service", "due_on", "outcome", "link"})
"""What a message may be filled with: never an answer, since mail lies in inboxes that others read."""

REMINDER_PLACEHOLDERS = PLACEHOLDERS | {"again"}
"""What a reminder may be filled with besides: the address at which people apply again."""

LETTER_PLACEHOLDERS = PLACEHOLDERS | {"name", "reasons", "review"}
"""What a letter may be filled with besides: it is sealed, edited by whoever decides, and posted or read signed in."""


class Message(Declared):
    """What is sent; may hold the placeholders in braces that `PLACEHOLDERS` lists."""

    subject: Bilingual
    body: Bilingual


class Post(Declared):
    """Where letters to the applicant are posted: the answer to a question of type address or place.

    With `when`, only where it holds: an application for somebody else names their address, not the applicant's.
    """

    question: Key
    when: Condition | None = None


class Stage(Declared):
    """Where a case stands; `words` tell the resident what that means. The last one is final and has an outcome.

    In a stage that `waits` the applicant is asked for something, and may answer it. `told` is what they are written
    when a move first brings their case here.
    """

    key: Key
    label: Bilingual
    words: Bilingual
    is_final: bool = False
    waits: bool = False
    told: Message | None = None


class Task(Declared):
    """Something to tick off in a stage, by staff in these roles."""

    key: Key
    label: Bilingual
    hint: Bilingual | None = None
    stage: Key
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]


class Move(Declared):
    """A change of stage that staff in these roles may make.

    Not before the facts and tasks of `requires` are there, and the condition `when` holds. A move into a stage that
    waits sends the case back to the applicant, with what is asked of them.
    """

    key: Key
    label: Bilingual
    leaves: Key
    enters: Key
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]
    requires: tuple[Key, ...] = ()
    when: Condition | None = None


class Keep(Declared):
    """How long a case is kept after it is closed, in calendar months, on which basis and why."""

    months: Annotated[int, Field(ge=1, le=1200)]
    basis: Bilingual
    reason: Bilingual


class Again(Declared):
    """How somebody applies again: the same form, with these `answers` to questions of one choice given beforehand.

    Whoever is signed in finds what they told before in the questions that are `is_recalled`, to be seen and changed.
    """

    answers: dict[Key, Key] = {}


class Lasts(Declared):
    """For how many months what was granted is valid, and how many days before its end the person is reminded.

    `again` says how they go on: its address stands in the reminder as {again}.
    """

    months: Annotated[int, Field(ge=1, le=240)]
    remind_days: Annotated[int, Field(ge=1, le=366)]
    reminder: Message
    again: Again = Again()


class Outcome(Declared):
    """How a case ends: `words` are what the resident is told, `roles` who may decide it.

    It may be chosen in the stages of `leaves` (empty: any that is not final), once the facts and tasks of `requires`
    are there and `when` holds. A significant one is decided by a person who opened the evidence, one case at a time,
    with at least one of its `reasons` where it has some. `letter` is where the letter to the applicant begins.
    """

    key: Key
    label: Bilingual
    words: Bilingual
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]
    is_refusal: bool = False
    is_significant: bool = False
    leaves: tuple[Key, ...] = ()
    requires: tuple[Key, ...] = ()
    when: Condition | None = None
    reasons: tuple[Reason, ...] = ()
    letter: Message | None = None
    lasts: Lasts | None = None
    keep: dict[Nation, Keep]


class Review(Declared):
    """How a decision is challenged: the closed case enters a stage again, for another officer in these roles.

    Of the outcomes in `of` (empty: all), asked `within_months` of the decision; `words` tell how to ask for it, `next`
    where to go after it (the ombudsman, a tribunal).
    """

    key: Key
    label: Bilingual
    words: Bilingual
    next: Bilingual | None = None
    of: tuple[Key, ...] = ()
    within_months: Annotated[int, Field(ge=1, le=120)] | None = None
    enters: Key
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]


class Reopening(Declared):
    """Staff in these roles may reopen a closed case, with a reason; it enters a stage again."""

    enters: Key
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]


class Proposal(Declared):
    """An outcome that a rule proposes when its condition holds, and why. A named person decides."""

    key: Key
    when: Condition
    outcome: Key
    words: Bilingual


class Publication(Declared):
    """What is published of a closed case: a title and a summary that staff in these roles write, nothing else."""

    label: Bilingual
    words: Bilingual
    outcomes: Annotated[tuple[Key, ...], Field(min_length=1)]
    roles: Annotated[tuple[Key, ...], Field(min_length=1)]


class CaseType(Declared):
    """What opens when somebody submits. `facts` are questions that staff answer while they deal with it."""

    stages: Annotated[tuple[Stage, ...], Field(min_length=2)]
    moves: tuple[Move, ...]
    tasks: tuple[Task, ...] = ()
    facts: tuple[Question, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    clocks: Annotated[tuple[Clock, ...], Field(min_length=1)]
    proposals: tuple[Proposal, ...] = ()
    reviews: tuple[Review, ...] = ()
    reopening: Reopening | None = None
    publication: Publication | None = None

    @property
    def first_stage(self) -> Stage:
        """Where every case begins."""
        return self.stages[0]

    @property
    def final_stage(self) -> Stage:
        """Where every case ends, whatever its outcome."""
        return self.stages[-1]

    @property
    def clocks_at_receipt(self) -> tuple[Clock, ...]:
        """What is promised to whoever submits."""
        return tuple(clock for clock in self.clocks if clock.starts_in in {None, self.first_stage.key})

    def stage(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def move(self, key: str) -> Move | None:
        return next((move for move in self.moves if move.key == key), None)

    def outcome(self, key: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def fact(self, key: str) -> Question | None:
        return next((fact for fact in self.facts if fact.key == key), None)

    def clock(self, key: str) -> Clock | None:
        return next((clock for clock in self.clocks if clock.key == key), None)


class Messages(Declared):
    """What the resident is sent, by event. `moved`: the date they were told has changed with the calendar."""

    received: Message
    outcome: Message
    moved: Message | None = None
    sent_back: Message | None = None
    extended: Message | None = None
    review: Message | None = None
