"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Words


class NotTheOfficer(Forbidden):
    """Only the data protection officer of the organisation may see or decide this."""

    code = "not_the_officer"
    message: Words = _("Only the data protection officer of this organisation can see this page.")


class NoSuchOpening(Missing):
    """No such opening of the asker's information, or it is not shown to them: both are answered alike."""

    code = "no_such_opening"


class NoSuchQuestion(Missing):
    """Nobody asked this here."""

    code = "no_such_question"


class NoSuchWithholding(Missing):
    """No such decision, or it no longer stands."""

    code = "no_such_withholding"


class AlreadyAnswered(Conflict):
    """The question was answered meanwhile; the first answer stands."""

    code = "already_answered"
    title: Words = _("This question has been answered")
    message: Words = _("Someone answered it while you were writing. The first answer stands.")
