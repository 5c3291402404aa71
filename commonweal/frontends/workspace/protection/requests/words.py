"""Requests in the words of staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.design.parts import Tone

KINDS: dict[str, Promise] = {
    "access": _("A copy of their information"),
    "portability": _("What they gave us, to use elsewhere"),
    "rectification": _("A correction"),
    "erasure": _("Erasure"),
    "restriction": _("To keep it but not use it"),
    "objection": _("To stop using it for something"),
    "automated_decision": _("A person to look at an automated decision"),
    "complaint": _("A complaint about how it was used"),
}

AUTHORITIES: dict[str, Promise] = {
    "self": _("Themselves"),
    "parent": _("Parent or guardian"),
    "attorney": _("Attorney or deputy"),
    "agent": _("Agent"),
}

CAME: dict[str, Promise] = {
    "phone": _("By phone"),
    "counter": _("In person"),
    "email": _("By email"),
    "post": _("By post"),
    "online": _("Online"),
}
"""How it came."""

OUTCOMES: dict[str, tuple[Promise, Tone]] = {
    "done": (_("Done"), Tone.DONE),
    "partly": (_("Done in part"), Tone.DONE),
    "nothing_held": (_("Nothing is held"), Tone.CALM),
    "refused": (_("Refused"), Tone.URGENT),
    "withdrawn": (_("Withdrawn"), Tone.CALM),
}

WAITS: dict[str, Promise] = {
    "evidence": _("Waiting for evidence"),
    "fee": _("Waiting for the fee"),
    "clarification": _("Waiting for their answer"),
}

STEPS: dict[str, Promise] = {
    "received": _("Received"),
    "fate_chosen": _("A case was decided differently"),
    "erased": _("Erased"),
    "restricted": _("Restricted"),
    "lifting_announced": _("They were told when the restriction is lifted"),
    "lifted": _("The restriction was lifted"),
    "corrected": _("Corrected"),
    "receipt_changed": _("The day it arrived was corrected"),
    "matched": _("The person was found"),
    "evidence_asked": _("Evidence was asked for"),
    "evidence_offered": _("They answered about evidence"),
    "evidence_came": _("The evidence came"),
    "clarify_asked": _("They were asked what they mean"),
    "clarified": _("They answered"),
    "fee_asked": _("A fee was asked for"),
    "fee_paid": _("The fee was paid"),
    "extended": _("The time was extended"),
    "extension_fell": _("The extension was cancelled: it was too late"),
    "acknowledged": _("Acknowledged"),
    "calendar": _("The calendar changed, and the day with it"),
    "searched": _("It was searched for"),
    "pack_made": _("The pack was made"),
    "done": _("Answered: done"),
    "partly": _("Answered: done in part"),
    "nothing_held": _("Answered: nothing is held"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn"),
}

PLACES: dict[str, Promise] = {
    "table": _("This platform"),
    "service": _("Service"),
    "files": _("Files"),
    "database": _("Another database"),
    "paper": _("Paper"),
    "other": _("Something else"),
}
"""What was searched."""

HELD: dict[str, Promise] = {
    "cases.note": _("A note on a case"),
    "cases.letter.title": _("The title of a letter"),
    "cases.letter.body": _("A letter"),
    "cases.round": _("How a decision was challenged"),
    "cases.sent_back.question": _("A question to them"),
    "cases.sent_back.answer": _("Their answer to a question"),
    "cases.decision": _("Words of a decision"),
    "cases.fact": _("What was recorded of a case"),
    "cases.party": _("Somebody else in a case"),
    "forms.answer": _("An answer in an application"),
    "messages.message.subject": _("The subject of a message"),
    "messages.message.body": _("A message"),
    "messages.message.recipient": _("The address of a message"),
    "people.marker": _("A safety instruction"),
    "people.person": _("Somebody’s record"),
    "protection.request": _("An earlier request"),
    "protection.step": _("A step of an earlier request"),
    "protection.question": _("A question about an opening"),
}
"""What is decided one by one, by the label of its table or field."""

DECIDED: dict[str, tuple[Promise, Tone]] = {
    "disclosed": (_("Disclosed"), Tone.DONE),
    "redacted": (_("Redacted"), Tone.MOVING),
    "withheld": (_("Withheld"), Tone.URGENT),
}

SINGLES: dict[str, Promise] = {
    "due": _("It was due"),
    "small_body": _("Nobody else was there"),
}
"""Why one person released a pack alone."""
