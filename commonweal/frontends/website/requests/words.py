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
    "We answer within one month. If your request is complex, we may need up to three months. We will tell you "
    "why within the first month."
)
_FREE = _("It is free.")

RIGHTS: dict[str, Right] = {
    "access": Right(
        _("Get a copy of your information"),
        _("What we hold about you, why, who we shared it with and how long we keep it"),
        (
            _("We search all our systems and our paper records. We take out information about other people."),
            _ONE_MONTH,
            _FREE,
        ),
        _("What would you like a copy of? (optional)"),
        _(
            "If you only need one thing, for example a letter or one year, say so: it is quicker. Otherwise, "
            "leave this empty."
        ),
    ),
    "rectification": Right(
        _("Correct something that is wrong"),
        _("A wrong name, address, date or fact, or something that is missing"),
        (
            _("We check what is right, correct it and tell everyone we shared it with."),
            _("If we think it is right, we tell you why and keep your view with it."),
            _ONE_MONTH,
        ),
        _("What is wrong, and what is right?"),
    ),
    "erasure": Right(
        _("Ask us to erase your information"),
        _("What we no longer need, or should not have"),
        (
            _(
                "A council needs much of its information for tasks the law gives it, such as council tax or keeping "
                "people safe. We cannot erase that while we need it. We know this can be disappointing, so this is "
                "what we do."
            ),
            _(
                "We check each thing we hold about you and erase what we can. For the rest, we tell you which law "
                "keeps it and for how long. When its time is over we erase it, without you asking."
            ),
            _(
                "Something else may help you more. You can ask us to correct it, to keep it but not use it, or to "
                "stop using it for something."
            ),
            _ONE_MONTH,
        ),
        _("What would you like us to erase? (optional)"),
        instead=("rectification", "restriction", "objection"),
    ),
    "restriction": Right(
        _("Ask us to keep it but not use it"),
        _("While something is being sorted out, or because you need it for a claim"),
        (
            _("Until we lift this, we keep the information and only do with it what the law allows."),
            _("We tell you before we lift it."),
            _ONE_MONTH,
        ),
        _("What should we not use, and why?"),
    ),
    "portability": Right(
        _("Take what you gave us elsewhere"),
        _("What you told us, as files that other systems can read"),
        (
            _(
                "This is for what you gave us with your consent or under a contract. For everything we hold, ask "
                "for a copy instead."
            ),
            _ONE_MONTH,
            _FREE,
        ),
        _("What do you need? (optional)"),
    ),
    "objection": Right(
        _("Object to how we use it"),
        _("You want us to stop using it for something"),
        (
            _("We stop, unless our reasons outweigh yours. If they do, we tell you what they are."),
            _ONE_MONTH,
        ),
        _("What should we stop, and why does it matter to you?"),
    ),
    "automated_decision": Right(
        _("Ask for a person to look at a decision"),
        _("A computer decided something important about you"),
        (
            _("Someone who can change the decision looks at it again, and hears what you have to say."),
            _ONE_MONTH,
        ),
        _("Which decision, and what should we know?"),
    ),
    "complaint": Right(
        _("Complain about how we used it"),
        _("Something went wrong with your information"),
        (
            _("We tell you within 30 days that we have it. Then we look into it and answer without undue delay."),
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
    "withdrawn": (_("You withdrew it"), Tone.CALM),
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
    "attorney": _("Someone I am attorney, deputy or guardian for"),
    "agent": _("Someone who asked me to"),
}
