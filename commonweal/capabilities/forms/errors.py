"""What callers may catch."""

from collections.abc import Sequence

from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.forms.rules.paths import Place
from commonweal.capabilities.forms.rules.problems import Problem
from commonweal.foundations.errors import Conflict, Invalid, Missing, Refusal, Words


class InvalidAnswers(Invalid):
    """Answers of a page cannot be accepted; `fields` says which and why. Nothing was stored and nothing was lost."""

    code = "invalid_answers"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__({problem.field: lazystr(_Sentence(problem)) for problem in problems})


class _Sentence:
    """A problem told in whatever language is in use when the page is written."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.say(get_language(), gettext)


class Incomplete(Refusal):
    """Something is still to be answered, or an exit to be passed: `place` is the first where."""

    status = 409
    code = "incomplete"
    title: Words = _("You have not answered everything")
    message: Words = _("Answer what is missing, then send your application. Your other answers are kept.")

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__()


class NotAsked(Missing):
    """The page is not asked, given the answers so far: `place` is where to go on, None to check the answers."""

    code = "not_asked"
    title: Words = _("You do not need this page")
    message: Words = _("Your other answers mean you can skip it. Continue with your application.")

    def __init__(self, place: Place | None) -> None:
        self.place = place
        super().__init__()


class DraftGone(Missing):
    """The draft expired, was never there, or lies with another browser: which of them is not told."""

    status = 410
    code = "draft_gone"
    title: Words = _("Your answers are not here")
    message: Words = _(
        "We only show unsent answers on the device you used, and only keep them for a short time. If you saved them, "
        "choose “Continue with saved answers” on the home page. Otherwise, start again."
    )


class AlreadySubmitted(Conflict):
    """The draft was submitted: its answers can no longer be changed here."""

    code = "already_submitted"
    title: Words = _("You have already sent this")
    message: Words = _("We have it. To use this service again, start again from its first page.")


class DraftChanged(Conflict):
    """An answer changed in another window while this was being sent."""

    code = "draft_changed"
    title: Words = _("An answer changed while you were sending this")
    message: Words = _("Check your answers again, then send them. Nothing was lost.")


class NotYourDraft(Missing):
    """The draft was begun by somebody signed in, who is not (or no longer) signed in here."""

    code = "not_your_draft"
    title: Words = _("Sign in to continue")
    message: Words = _("Someone started these answers while signed in. Sign in to continue, or start again.")


class NoSuchPage(Missing):
    """The service has no such page."""

    code = "no_such_page"


class NoSuchDraft(Missing):
    """There is no draft with this reference and code; which of them is wrong is not said."""

    code = "no_such_draft"


class NotAnAddress(Invalid):
    """What was typed cannot be an e-mail address."""

    code = "not_an_address"

    def __init__(self) -> None:
        super().__init__({"email": _("Enter an email address in the correct format, like name@example.com")})


class NoSuchAnswer(Missing):
    """Nothing was answered there."""

    code = "no_such_answer"
