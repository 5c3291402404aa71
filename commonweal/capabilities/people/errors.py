"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Words


class NoSuchPerson(Missing):
    """The organisation keeps no record of this person."""

    code = "no_such_person"


class NotRecordedDead(Missing):
    """Nobody recorded that this person has died, or it was taken back."""

    code = "not_recorded_dead"


class NoSuchMarker(Missing):
    """No such marker here, or it has ended."""

    code = "no_such_marker"


class NotAManager(Forbidden):
    """Only a team manager reads the ground of a marker and decides about it."""

    code = "not_a_manager"
    message: Words = _("A team manager decides about staff safety markers.")


class NeedsAnother(Conflict):
    """It takes two people, and the actor is already the first of them."""

    code = "needs_another"
    title: Words = _("Someone else must decide this")
    message: Words = _("You made the first decision, so someone else must make this one. Nothing was changed.")
