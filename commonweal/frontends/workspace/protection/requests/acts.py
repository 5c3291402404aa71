"""What can be done with a request: the questions each act asks, and the action that carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.protection.actions import answering, clarifying, timing
from commonweal.capabilities.protection.queries.choices import clarifications, extensions, fees, refusals
from commonweal.foundations.errors import Words


@dataclass(frozen=True)
class Act:
    """`choice` is a question with options (its name and label), `day` one for a date, `text` the label of the words.

    `is_letter`: the words are what whoever asked reads.
    """

    title: Promise
    button: Promise
    action: Callable[..., None]
    words: Promise | str = ""
    choice: tuple[str, Promise] | None = None
    options: Callable[[], Mapping[str, Words]] = dict
    day: tuple[str, Promise] | None = None
    text: tuple[str, Promise] | None = None
    is_letter: bool = False
    is_warning: bool = False


_LETTER = ("text", _("Your letter"))
_NOTE = ("text", _("What you saw, and how (optional where we asked for it)"))
_CAME = ("came_on", _("When did it arrive?"))
_OUTCOMES: Mapping[str, Words] = {
    "done": _("Done as they asked"),
    "partly": _("Done in part: the letter says why not all of it"),
    "nothing_held": _("We hold nothing about them"),
}

ACTS: dict[str, Act] = {
    "receipt": Act(
        _("Correct the day it arrived"),
        _("Correct"),
        timing.change_receipt,
        _("The time counts from the day it reached anyone who works here."),
        day=("received_on", _("When did it arrive?")),
        text=("why", _("How do you know?")),
    ),
    "evidence": Act(
        _("Ask for evidence of who they are"),
        _("Ask"),
        timing.ask_evidence,
        _(
            "Only ask if you have a real doubt about who they are or whether they can ask. The time starts when "
            "you receive it."
        ),
        text=_LETTER,
        is_letter=True,
    ),
    "evidence-came": Act(
        _("The evidence came"),
        _("The evidence is enough"),
        timing.record_evidence,
        _("Look at it and record that you saw it. Do not keep a copy of a passport or driving licence."),
        day=_CAME,
        text=_NOTE,
    ),
    "clarify": Act(
        _("Ask what they mean"),
        _("Ask"),
        clarifying.ask_to_clarify,
        _(
            "Only ask if you cannot answer without it, never routinely. For a copy of their information, the days "
            "until they answer do not count."
        ),
        choice=("why", _("Why do you need to ask?")),
        options=clarifications,
        text=_LETTER,
        is_letter=True,
    ),
    "clarified": Act(
        _("They answered"),
        _("Record it"),
        clarifying.record_clarification,
        day=_CAME,
        text=("text", _("What they said (optional)")),
    ),
    "fee": Act(
        _("Ask for a fee"),
        _("Ask"),
        timing.ask_fee,
        _(
            "Requests are free, unless they are manifestly unfounded or excessive. You must be able to show that "
            "they are."
        ),
        choice=("why", _("Why is a fee lawful?")),
        options=fees,
        text=_LETTER,
        is_letter=True,
    ),
    "fee-paid": Act(_("The fee was paid"), _("It was paid"), timing.record_fee, day=_CAME),
    "extend": Act(
        _("Take more time"),
        _("Extend and send the letter"),
        timing.extend,
        _("Three months from the start instead of one. The letter with the reasons goes out before the month is over."),
        choice=("why", _("Why is more time needed?")),
        options=extensions,
        text=("text", _("The reasons, as they will read them")),
        is_letter=True,
    ),
    "acknowledge": Act(
        _("Acknowledge the complaint"),
        _("Acknowledge"),
        timing.acknowledge,
        _("Say that you have it, who looks into it, and what happens next."),
        text=_LETTER,
        is_letter=True,
    ),
    "complete": Act(
        _("Answer the request"),
        _("Answer and close"),
        answering.complete,
        _("If you do not do everything they asked, the letter automatically explains their rights."),
        choice=("outcome", _("What was the result?")),
        options=lambda: _OUTCOMES,
        text=_LETTER,
        is_letter=True,
    ),
    "refuse": Act(
        _("Refuse the request"),
        _("Refuse"),
        answering.refuse,
        _("Give your reasons in plain words. The letter automatically explains how they can complain and go to court."),
        choice=("why", _("What is the ground?")),
        options=refusals,
        text=("text", _("The reasons, as they will read them")),
        is_letter=True,
        is_warning=True,
    ),
    "withdrawn": Act(
        _("They withdraw it"),
        _("Close as withdrawn"),
        answering.record_withdrawal,
        text=("text", _("How did they tell us?")),
        is_warning=True,
    ),
}
