"""What residents may ask for, in their words: what it is, what happens next, and what to tell us."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.design.parts import Tone


@dataclass(frozen=True)
class Right:
    """One kind of request; `first` is said before the form, `ask` is the question about it.

    `instead` are other kinds that may help more, offered before the last of what is said.
    """

    title: Promise
    summary: Promise
    first: tuple[Promise, ...]
    ask: Promise
    hint: Promise | str = ""
    instead: tuple[str, ...] = ()


_ONE_MONTH = _(
    "We answer within one month. If it is complex we may need up to three, and tell you so, and why, within the first."
)
_FREE = _("It is free.")

RIGHTS: dict[str, Right] = {
    "access": Right(
        _("Get a copy of your information"),
        _("What we hold about you, why, who we shared it with and how long we keep it"),
        (
            _("We look in all our systems, and on paper. What is about other people is taken out."),
            _ONE_MONTH,
            _FREE,
        ),
        _("What would you like a copy of? (optional)"),
        _("If you only need one thing, for example a letter or one year, say so: it is quicker. Else leave it empty."),
    ),
    "rectification": Right(
        _("Correct something that is wrong"),
        _("A wrong name, address, date or fact, or something that is missing"),
        (
            _("We look at what is right, correct it, and tell everybody we shared it with."),
            _("If we think it is right as it is, we say why, and keep your view beside it."),
            _ONE_MONTH,
        ),
        _("What is wrong, and what is right?"),
    ),
    "erasure": Right(
        _("Ask us to erase your information"),
        _("What we no longer need, or should not have"),
        (
            _(
                "Much of what a council holds it needs for a task the law gives it, such as council tax or keeping "
                "people safe. That we cannot erase while we need it. We know this can be disappointing, so here is "
                "what we do."
            ),
            _(
                "We look at each thing we hold about you. What we may erase, we erase. For the rest we tell you which "
                "law keeps it, and for how long. Everything is erased when its time is over, without your asking."
            ),
            _(
                "Something else may help you more: you can ask us to correct it, to keep it and not use it, or to stop "
                "using it for something."
            ),
            _ONE_MONTH,
        ),
        _("What would you like us to erase? (optional)"),
        instead=("rectification", "restriction", "objection"),
    ),
    "restriction": Right(
        _("Ask us to keep it and not use it"),
        _("While something is being sorted out, or because you need it for a claim"),
        (
            _("Until it is lifted we keep the information and do nothing else with it, but for what the law allows."),
            _("We tell you before we lift it."),
            _ONE_MONTH,
        ),
        _("What should we not use, and why?"),
    ),
    "portability": Right(
        _("Take what you gave us elsewhere"),
        _("What you told us, as files that other systems can read"),
        (
            _("This is for what you gave us by agreement or under a contract. A copy of all of it is another request."),
            _ONE_MONTH,
            _FREE,
        ),
        _("What do you need? (optional)"),
    ),
    "objection": Right(
        _("Object to how we use it"),
        _("You want us to stop using it for something"),
        (
            _("We stop, unless we have a reason that weighs more than yours. If we have, we tell you which."),
            _ONE_MONTH,
        ),
        _("What should we stop, and why does it matter to you?"),
    ),
    "automated_decision": Right(
        _("Ask for a person to look at a decision"),
        _("A computer decided something important about you"),
        (
            _("Somebody who may change the decision looks at it, and hears what you have to say."),
            _ONE_MONTH,
        ),
        _("Which decision, and what should we know?"),
    ),
    "complaint": Right(
        _("Complain about how we used it"),
        _("Something went wrong with your information"),
        (
            _("We tell you within 30 days that we have it. Then we look into it, and answer without undue delay."),
            _("You can also complain to the regulator. They will usually ask whether you told us first."),
        ),
        _("What happened?"),
    ),
}

OUTCOMES: dict[str, tuple[Promise, Tone]] = {
    "done": (_("Done"), Tone.DONE),
    "partly": (_("Done in part"), Tone.DONE),
    "nothing_held": (_("We hold nothing"), Tone.CALM),
    "refused": (_("Refused"), Tone.CALM),
    "withdrawn": (_("You took it back"), Tone.CALM),
}

LETTERS: dict[str, Promise] = {
    "evidence_asked": _("We need to see who you are"),
    "evidence_offered": _("Your answer"),
    "clarify_asked": _("We asked what you mean"),
    "clarified": _("Your answer"),
    "fee_asked": _("We asked for a fee"),
    "extended": _("We need more time"),
    "acknowledged": _("We have your complaint"),
    "done": _("Our answer"),
    "partly": _("Our answer"),
    "nothing_held": _("Our answer"),
    "refused": _("Our answer: we have to refuse"),
}

FOR_WHOM: dict[str, Promise] = {
    "self": _("Myself"),
    "parent": _("My child, or a child I am responsible for"),
    "attorney": _("Somebody for whom I have power of attorney, or am their deputy or guardian"),
    "agent": _("Somebody who asked me to"),
}
