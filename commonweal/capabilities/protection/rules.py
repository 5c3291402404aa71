"""How openings become entries, what may be withheld for how long, and when a request is due. Pure."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dateutil.relativedelta import relativedelta

from commonweal.foundations.clocks.calendars import Calendar, Nation
from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.clocks.due import Due, end_of
from commonweal.foundations.clocks.explaining import Step, translatable
from commonweal.foundations.clocks.now import local_date
from commonweal.foundations.clocks.pauses import Pause
from commonweal.foundations.clocks.periods import complaint_due
from commonweal.foundations.clocks.rights import rights_request_due

WITHIN = timedelta(minutes=60)
"""The same actor, person and case within this time is one entry (practice: the trace)."""

LONGEST_WITHHELD = relativedelta(months=6)
"""The review date of a withholding is at most so far away (practice: tipping off)."""

WARNED_BEFORE = timedelta(days=30)
"""How long before its review date a withholding is on the officer's review list."""

_SHORT = 4
"""A short part of a name may be a common word ("will", "may"): then only with a capital."""

EXEMPTIONS = (
    "crime",
    "privilege",
    "protecting_public",
    "regulatory",
    "judicial",
    "journalism",
    "research",
    "archiving",
    "serious_harm",
    "child_abuse",
    "forecasting",
    "negotiations",
    "references",
    "exams",
    "parliament",
    "honours",
    "immigration",
    "unfounded",
    "others",
)
"""The closed list of UK GDPR Article 23 and DPA 2018 Schedules 2 to 4, decided for each item, never for a class."""


@dataclass(frozen=True)
class Opened:
    """One line of the trace, or several merged into one entry: who it was is a team or role, never a name.

    `lines` are the ids of all lines in it, oldest first; purposes, channels and references those of its lines.
    """

    lines: tuple[UUID, ...]
    first: datetime
    last: datetime
    actor: UUID | None
    actor_kind: str
    role: str
    team: UUID | None
    purposes: tuple[str, ...]
    channels: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def times(self) -> int:
        return len(self.lines)

    @property
    def is_automatic(self) -> bool:
        return self.channels == ("automatic",)

    def is_continued_by(self, later: "Opened") -> bool:
        """Whether a later line of the same actor and case belongs to this entry: automatic ones are one a day."""
        if self.is_automatic:
            return local_date(self.first) == local_date(later.first)
        return later.first - self.first <= WITHIN

    def with_line(self, later: "Opened") -> "Opened":
        return replace(
            self,
            lines=self.lines + later.lines,
            last=later.last,
            purposes=_joined(self.purposes, later.purposes),
            channels=_joined(self.channels, later.channels),
            references=_joined(self.references, later.references),
        )

    def key(self) -> Hashable:
        """What one entry has in common: the actor and the case, or that no one looked."""
        return "automatic" if self.is_automatic else (self.actor_kind, self.actor, self.references)


def merged(lines: Iterable[Opened]) -> list[Opened]:
    """The lines of one person as entries, in the order of their first lines; `lines` come oldest first."""
    entries: list[Opened] = []
    latest: dict[Hashable, int] = {}
    for line in lines:
        place = latest.get(line.key())
        if place is not None and entries[place].is_continued_by(line):
            entries[place] = entries[place].with_line(line)
        else:
            latest[line.key()] = len(entries)
            entries.append(line)
    return entries


def last_review_on(today: date) -> date:
    """The latest day that a withholding decided today may be reviewed on."""
    return today + LONGEST_WITHHELD


def is_within_limit(review_on: date, today: date) -> bool:
    """Whether a withholding decided today may stand until `review_on`: a later day, at most six months away."""
    return today < review_on <= last_review_on(today)


QUIET = timedelta(hours=72)
"""How long after a change of password, second step or contact point nothing goes out at once (practice)."""


@dataclass(frozen=True)
class SignIn:
    """When, in this session, a password and a second step were given; None where they were not."""

    password_at: datetime | None = None
    factor_at: datetime | None = None


@dataclass(frozen=True)
class Asking:
    """What is known of somebody who asks for a copy at once.

    `needs_factor`: one of their services holds special categories. `changed_at` is the latest change of what proves who
    they are. `is_marked`: something is held of them that a person looks at first. `has_copy`: they made one today.
    """

    is_confirmed: bool
    needs_factor: bool
    factor_since: datetime | None
    changed_at: datetime | None
    is_marked: bool
    has_copy: bool


def may_go_at_once(asking: Asking, sign_in: SignIn, moment: datetime) -> bool:
    """Whether a copy may go without a person's check (practice: self-service). It never says why not."""
    conditions = (
        sign_in.password_at is not None and asking.is_confirmed,
        sign_in.factor_at is not None or not asking.needs_factor,
        _is_quiet(asking.changed_at, moment) or _has_stepped_up(asking, sign_in, moment),
        not asking.is_marked,
        not asking.has_copy,
    )
    return all(conditions)


def _is_quiet(changed_at: datetime | None, moment: datetime) -> bool:
    return changed_at is None or moment - changed_at >= QUIET


def _has_stepped_up(asking: Asking, sign_in: SignIn, moment: datetime) -> bool:
    """Whether a second step that is no newer than the quiet time was given after the change."""
    if asking.factor_since is None or sign_in.factor_at is None or asking.changed_at is None:
        return False
    return _is_quiet(asking.factor_since, moment) and sign_in.factor_at >= asking.changed_at


def names_anyone(text: str, name: str) -> bool:
    """Whether a text names someone: by any part of their name, however it is written when longer, or by initials."""
    words = {word.removesuffix("’s").removesuffix("'s") for word in re.findall(r"[\w’']+", text)}
    parts = {part.casefold() for part in re.findall(r"\w{2,}", name)}
    initials = [part[0].upper() for part in name.split()]
    is_part = any(word.casefold() in parts and (len(word) > _SHORT or word[0].isupper()) for word in words)
    return is_part or "".join(initials) in words or ".".join([*initials, ""]) in text.replace(" ", "")


def _joined(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return some + tuple(each for each in more if each not in some)


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
"""From which age a child is presumed able to ask for themselves, by nation (DPA 2018 section 208)."""


def presumed_able_at(nation: Nation) -> int | None:
    """The age from which a child is presumed able to ask; None where it goes by what they understand."""
    return CAPABLE_AT.get(nation)


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
        translatable("We asked for evidence on {asked}. The time starts when it comes.")
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


class Fate(StrEnum):
    """What becomes of a case when its person asks for erasure (UK GDPR Article 17)."""

    ERASE = "erase"
    OPEN = "open"
    TASK = "task"
    HOLD = "hold"
    CHOSEN = "chosen"

    @property
    def ground(self) -> str:
        """The ground of Article 17(3) on which it is kept; empty when it is not."""
        return {Fate.ERASE: "", Fate.HOLD: "legal_claims"}.get(self, "legal_obligation")


_OF_TASK = frozenset({"public_task", "legal_obligation"})


def fate_of(*, is_held: bool, is_open: bool, basis: str, kept_until: date | None, today: date) -> Fate:
    """What the rules propose for a case; the officer may decide otherwise, but for what is held for a claim.

    Held for a legal claim: kept (Article 17(3)(e)). Still dealt with: kept until it is decided. Of a public task or a
    legal obligation: kept until its period is over (Article 17(3)(b)). All else goes: consent is withdrawn, a contract
    is over (Article 17(1)).
    """
    if is_held:
        return Fate.HOLD
    if is_open:
        return Fate.OPEN
    is_over = kept_until is not None and kept_until < today
    return Fate.ERASE if is_over or basis not in _OF_TASK else Fate.TASK


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """A text with every name, and each part of one that names somebody, replaced: a proposal for whoever decides."""
    for name in sorted(names, key=len, reverse=True):
        if name.strip():
            text = re.sub(re.escape(name), instead, text, flags=re.IGNORECASE)
        for word in sorted(set(re.findall(r"[\w’']+", text)), key=len, reverse=True):
            if names_anyone(word, name):
                text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", instead, text)
    return text


RESTRICTED_WHILE = ("accuracy", "unlawful", "claims", "objection")
"""Why information is restricted (UK GDPR Article 18(1)(a) to (d))."""


def may_object(basis: str) -> bool:
    """Whether a use on this basis may be objected to: a public task is, consent, contract and duty not (Article 21).

    Nothing here rests on legitimate interests, and no direct marketing is done.
    """
    return basis == "public_task"
