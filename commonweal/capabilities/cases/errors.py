"""What callers may catch."""

from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Refusal, Words
from commonweal.foundations.personal_data.purposes import Purpose
from commonweal.foundations.personal_data.trace import Matter, ReadingRefused


class NoSuchCase(Missing):
    """No such case here, or a wrong secret: both are answered alike."""

    code = "no_such_case"
    title: Words = _("We cannot find that")
    message: Words = _("Check the reference and the code. Enter them exactly as we gave them to you.")


class HiddenCase(ReadingRefused):
    """A case of a restricted service, to whom it does not exist: answered like one that is not there, and recorded."""

    status = NoSuchCase.status
    code = NoSuchCase.code
    title: Words = NoSuchCase.title
    message: Words = NoSuchCase.message

    def __init__(self, *, purpose: Purpose, subject: UUID, matter: Matter) -> None:
        super().__init__("restricted", purpose=purpose, subject=subject, matter=matter)


class CaseChanged(Conflict):
    """Someone else changed the case since it was shown."""

    code = "case_changed"
    title: Words = _("This case has changed since you opened it")
    message: Words = _("Nothing was lost or overwritten. Look at the case again, then decide.")


class NotAllowedNow(Refusal):
    """The declaration of the service does not allow this move from where the case stands."""

    status = 409
    code = "not_allowed_now"
    title: Words = _("This cannot be done now")
    message: Words = _("You cannot do this at the case’s current stage.")


class StillMissing(NotAllowedNow):
    """A move or an outcome requires what is not there yet; `missing` names it in words."""

    status = 409
    code = "still_missing"
    title: Words = _("Something is still missing")

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(gettext("Before you can do this: %(missing)s.") % {"missing": "; ".join(missing)})


class FactChanged(Conflict):
    """Somebody else recorded the fact since it was shown."""

    code = "fact_changed"
    title: Words = _("Someone else has already recorded this")
    message: Words = _("Look at what they recorded, then correct it if it is wrong. Nothing was overwritten.")


class NotAColleague(Refusal):
    """A case is assigned only to someone of the team that deals with it."""

    code = "not_a_colleague"
    title: Words = _("Choose someone in the team")
    message: Words = _("You can only assign a case to someone in its team.")


class TooLateToUndo(Conflict):
    """A change is taken back by its author, within ten seconds and only once."""

    code = "too_late_to_undo"
    title: Words = _("It is too late to undo this")
    message: Words = _("You can undo a change for 10 seconds. If the case is wrong, change it again.")


class DecidedByNobody(Forbidden):
    """A task, a rule or a program tried to decide: they propose, and a named person decides."""

    code = "decided_by_nobody"
    title: Words = _("A person decides this")
    message: Words = _("A program can propose an outcome, but someone who has seen the case must decide.")


class OneAtATime(Refusal):
    """Several significant decisions at once: each is made for itself."""

    status = 409
    code = "one_at_a_time"
    title: Words = _("Decide this one case at a time")
    message: Words = _("This decision matters to someone’s life. Open each case, look at it, then decide.")


class EvidenceNotSeen(Refusal):
    """A significant decision by somebody who has not opened the case since it was opened for deciding."""

    status = 409
    code = "evidence_not_seen"
    title: Words = _("Look at the case before you decide")
    message: Words = _("You have not opened this case since it was sent or reopened. Open it, then decide.")


class DecidedBefore(Forbidden):
    """Whoever decided a case does not review it."""

    code = "decided_before"
    title: Words = _("Someone else must decide this review")
    message: Words = _("You decided this case before, so you cannot review it. Give it to a colleague.")


class NoReviewNow(Refusal):
    """There is no review of this decision, or not any more."""

    status = 409
    code = "no_review_now"
    title: Words = _("This decision cannot be challenged here now")
    message: Words = _(
        "The time to challenge it has passed, or we have already reviewed it. The decision says what you can do next."
    )


class NothingAsked(Refusal):
    """The applicant is not being asked for anything now."""

    status = 409
    code = "nothing_asked"
    title: Words = _("We do not need anything from you now")
    message: Words = _("You have already answered, or we have continued without it.")


class AnsweredBefore(NothingAsked):
    """The applicant has answered the question, in other words."""

    title: Words = _("You have answered this already")
    message: Words = _("We have your first answer. What you wrote this time was not sent.")


class ChallengedBefore(NoReviewNow):
    """The applicant has asked for this review, in other words."""

    title: Words = _("You have challenged this decision already")
    message: Words = _("We have what you sent the first time. What you wrote this time was not sent.")


class AlreadyExtended(Refusal):
    """A clock is extended once."""

    status = 409
    code = "already_extended"
    title: Words = _("The time has already been extended")
    message: Words = _("You can extend the time only once. Answer as soon as you can, and explain why it is late.")


class TooLateToExtend(Refusal):
    """A clock is extended before it ends."""

    status = 409
    code = "too_late_to_extend"
    title: Words = _("It is too late to extend the time")
    message: Words = _("The time has ended. Answer as soon as you can, and explain why it is late.")
