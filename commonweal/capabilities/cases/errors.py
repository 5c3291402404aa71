"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Missing, Refusal, Words


class NoSuchCase(Missing):
    """No such case here, or a wrong secret: both are answered alike."""

    code = "no_such_case"
    title: Words = _("We cannot find that")
    message: Words = _("Check the reference and the code, exactly as they were given to you.")


class CaseChanged(Conflict):
    """Someone else changed the case since it was shown."""

    code = "case_changed"
    title: Words = _("This case has changed since you opened it")
    message: Words = _("Nothing of yours was lost and nothing of theirs was overwritten. Look again, then decide.")


class NotAllowedNow(Refusal):
    """The declaration of the service does not allow this move from where the case stands."""

    status = 409
    code = "not_allowed_now"
    title: Words = _("This cannot be done now")
    message: Words = _("The case is at a stage from which this is not possible.")


class NotAColleague(Refusal):
    """A case is assigned only to someone of the team that deals with it."""

    code = "not_a_colleague"
    title: Words = _("Choose someone of the team")
    message: Words = _("Cases are assigned to people of the team that deals with them.")


class TooLateToUndo(Conflict):
    """A change is taken back by its author, within ten seconds and only once."""

    code = "too_late_to_undo"
    title: Words = _("It is too late to undo this")
    message: Words = _("A change can be undone for ten seconds. Change the case again if it is not as it should be.")
