"""Secrets, who may open a case, when it is due, and who may decide it again until when. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from commonweal.foundations.clocks.counting import months_after
from commonweal.foundations.references.secrets import derive_secret


def secret_of(key: bytes, submission: UUID) -> str:
    """The secret printed in a confirmation: 48 bits, derived: stored nowhere, and the same when shown again."""
    return derive_secret(key, b"cases.secret", submission)


class Bond(StrEnum):
    """What ties whoever asks for a case to the person it is about."""

    NONE = ""
    OWN = "own_record"
    RELATIVE = "relative"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Judgement:
    """Whether a case may be opened: refused with a code, or asked for a reason first, or open; and changed, or not."""

    refusal: str = ""
    prompt: str = ""
    may_change: bool = False


def judge(
    team: UUID,
    *,
    teams: Collection[UUID],
    is_manager: bool,
    bond: Bond = Bond.NONE,
    works_in: UUID | None = None,
    has_broken_glass: bool = False,
) -> Judgement:
    """Who may deal with a case of `team` (decision 11): a member of `teams`, bound so to its person.

    One's own and a relative's are closed. A colleague's, who works in the team `works_in`, is dealt with by a manager
    of another team. Any other by its own team; another team's manager may look, with a reason, and so may whoever broke
    the glass, for the reason they gave then.
    """
    if bond in (Bond.OWN, Bond.RELATIVE):
        return Judgement(refusal=bond.value)
    if bond is Bond.COLLEAGUE:
        is_apart = is_manager and works_in not in teams
        return Judgement(prompt="colleague", may_change=True) if is_apart else Judgement(refusal="colleague")
    if team in teams:
        return Judgement(may_change=True)
    if has_broken_glass:
        return Judgement()
    return Judgement(prompt="other_team") if is_manager else Judgement(refusal="other_team")


def moved_to(promised: date, counted: date, *, is_added: bool) -> date:
    """Where a promised date goes after its calendar changed: a day added never makes it earlier, one gone never later.

    Once several changes were followed, in whatever order, it is the counted date.
    """
    return max(promised, counted) if is_added else min(promised, counted)


@dataclass(frozen=True)
class Decided:
    """How a round of a case ended: which outcome, by whom and when; `is_review` says why the round had begun."""

    outcome: str
    by: UUID | None
    at: datetime
    is_review: bool = False


def barred_from(decided: Sequence[Decided], *, is_review: bool) -> frozenset[UUID]:
    """Who may not decide the round after those `decided`: in a review, whoever decided before.

    A case that is only reopened after its review stays closed to those whom the review looked at.
    """
    if is_review:
        before: Sequence[Decided] = decided
    else:
        reviews = [number for number, each in enumerate(decided) if each.is_review]
        before = decided[: reviews[-1]] if reviews else ()
    return frozenset(each.by for each in before if each.by is not None)


def review_until(decided_on: date, months: int | None) -> date | None:
    """The last day on which a decision may be challenged; None when there is no end to it."""
    return None if months is None else months_after(decided_on, months)


def kept_from(decided: Sequence[Decided]) -> datetime:
    """From when a case is kept (data-protection.md section 4): its last decision that meant something.

    A review does, whatever came of it, since the next body's time to be asked begins with it. A case that was reopened
    and ended as before keeps the date it had: opening and closing lengthens nothing.
    """
    last = decided[-1]
    if len(decided) > 1 and not last.is_review and last.outcome == decided[-2].outcome:
        return kept_from(decided[:-1])
    return last.at


def valid_until(granted_on: date, months: int) -> date:
    """The last day on which what was granted is valid: the day before the same date, so many months later."""
    return months_after(granted_on, months) - timedelta(days=1)
