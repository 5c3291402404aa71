"""How staff and the person themselves read what the rules know by codes."""

from django.utils.translation import gettext_lazy as _

from commonweal.capabilities.people.rules import Danger, Told
from commonweal.foundations.errors import Words

INSTRUCTIONS: dict[str, Words] = {
    Danger.VIOLENCE: _("Visit in pairs"),
    Danger.THREATS: _("Tell your manager before you meet, and when you are back"),
    Danger.WEAPONS: _("Do not visit: meet at our office"),
    Danger.HARASSMENT: _("Write instead of phoning, from the team’s address"),
    Danger.ANIMAL: _("Phone first: ask for animals to be shut away"),
    Danger.HAZARD: _("Do not go in without protective equipment"),
}
"""What to do, never what somebody is."""

ASK_YOUR_MANAGER: Words = _("Ask your manager before you meet")
"""For a marker that stands and can no longer be read."""

DANGERS: dict[str, Words] = {
    Danger.VIOLENCE: _("Somebody was hurt or attacked"),
    Danger.THREATS: _("Somebody was threatened"),
    Danger.WEAPONS: _("A weapon was shown or used"),
    Danger.HARASSMENT: _("Somebody was harassed"),
    Danger.ANIMAL: _("An animal attacked or threatened"),
    Danger.HAZARD: _("The place was dangerous to enter"),
}
"""What happened, for whoever asks or decides about a marker, and for its person. Never what somebody is."""

TOLD: dict[str, Words] = {
    Told.TOLD: _("Yes, they were told and how to challenge it"),
    Told.DANGER: _("No: telling them would put somebody in danger"),
    Told.CRIME: _("No: it would get in the way of an investigation"),
    Told.UNREACHABLE: _("Not yet: we could not reach them"),
}
