"""The codes of the platform in the words of staff."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.design.parts import Tone
from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.prompts import BREAK_GLASS, PROMPTS

ROLES: dict[str, Promise] = {
    "case_worker": _("Case worker"),
    "team_manager": _("Team manager"),
    "medical_assessor": _("Medical assessor"),
    "social_worker": _("Social worker"),
    "service_designer": _("Service designer"),
    "administrator": _("Administrator"),
    "data_protection_officer": _("Data protection officer"),
}

ACTORS: dict[str, Promise] = {
    "system": _("Our system"),
    "resident": _("A resident"),
    "draft_holder": _("Someone filling in a form"),
    "supplier": _("A supplier’s system"),
    "visitor": _("Someone not signed in"),
}

OPENINGS: dict[str, tuple[Promise, Tone]] = {
    "opened": (_("Opened"), Tone.MOVING),
    "listed": (_("Listed"), Tone.CALM),
    "refused": (_("Refused"), Tone.URGENT),
}

PURPOSES: dict[str, Promise] = {
    "applying": _("Applying"),
    "own_information": _("Own information"),
    "casework": _("Casework"),
    "sending": _("Sending a message"),
    "safety": _("Staff safety"),
    "oversight": _("Oversight"),
    "rights": _("A request about their data"),
}

CHANNELS: dict[str, Promise] = {
    "online": _("on screen"),
    "phone": _("on the phone"),
    "counter": _("at the counter"),
    "post": _("by post"),
    "email": _("by email"),
    "automatic": _("by itself"),
    "api": _("by a supplier’s system"),
    "command": _("by command"),
}

REASONS: dict[str, Promise] = {
    "other_team": _("The case belongs to another team"),
    "own_record": _("It is their own record"),
    "role": _("Their role may not open this"),
    "training": _("They have not passed the data protection course"),
    "second_factor": _("They signed in without a second factor"),
    "other_organisation": _("It belongs to another organisation"),
    "purpose": _("They may not read for this purpose"),
    "not_own": _("It is not theirs"),
    "relative": _("They said that they are related to the person"),
    "colleague": _("The person works here"),
}

NEEDED: dict[str, Words] = {
    **{code: text for prompt in PROMPTS.values() for code, text in prompt.reasons.items()},
    **{code: format_lazy("{}: {}", _("Break-glass"), text) for code, text in BREAK_GLASS.reasons.items()},
}
"""What whoever was prompted gave as their reason, in their own words."""

FIELDS: dict[str, Promise] = {
    "people.person.name": _("name"),
    "people.person.email": _("email"),
    "people.person.phone": _("phone"),
    "people.death.died_on": _("date of death"),
    "people.death.told_by": _("who told us of a death"),
    "people.marker.danger": _("safety instruction"),
    "people.marker.evidence": _("ground of a safety instruction"),
    "forms.answer.value": _("answers"),
    "forms.draft_answer.value": _("answers being filled in"),
    "cases.note.text": _("notes"),
    "protection.question.text": _("question about an opening"),
    "protection.question.answer": _("answer about an opening"),
    "messages.message.recipient": _("address of a message"),
    "messages.message.subject": _("subject of a message"),
    "messages.message.body": _("text of a message"),
}

MOVED: dict[str, Promise] = {
    "holiday_added": _("A holiday was added"),
    "holiday_removed": _("A holiday was removed"),
    "closure_added": _("A closure was added"),
    "closure_removed": _("A closure was removed"),
}
"""Why due dates moved."""

MESSAGES: dict[str, Promise] = {
    "received": _("Message: we have received it"),
    "outcome": _("Message: what came of it"),
    "moved": _("Message: the date has changed"),
    "extended": _("Message: more time is needed"),
    "sent_back": _("Message: we need something from them"),
    "reached": _("Message: how far it is"),
    "review": _("Message: we look at the decision again"),
    "ending": _("Message: what was granted ends soon"),
}

SENDING: dict[str, Promise] = {
    "created": _("waiting to be sent"),
    "sending": _("being sent"),
    "sent": _("sent"),
    "failed": _("could not be sent"),
    "uncertain": _("it is uncertain whether it was sent"),
    "cancelled": _("not sent: the person has died"),
    "held": _("waits: their information is restricted"),
}


def name_roles(roles: Iterable[str]) -> str:
    """The roles of a member of staff in words, by comma."""
    return ", ".join(str(ROLES.get(role, role)) for role in roles)


def name_fields(labels: Iterable[str]) -> str:
    """Which fields were opened, in words, by comma."""
    return ", ".join(str(FIELDS.get(label, label)) for label in labels)
