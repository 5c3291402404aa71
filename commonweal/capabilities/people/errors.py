"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Words


class NoSuchPerson(Missing):
    """The organisation keeps no record of this person."""

    code = "no_such_person"


class NoSuchMarker(Missing):
    """No such marker here, or it has ended."""

    code = "no_such_marker"


class NotAManager(Forbidden):
    """Only a team manager reads the ground of a marker and decides about it."""

    code = "not_a_manager"
    message: Words = _("A team manager decides about staff safety markers.")


class NeedsAnother(Conflict):
    """Whoever asked for it does not approve it: it takes two people."""

    code = "needs_another"
    title: Words = _("Somebody else needs to decide this")
    message: Words = _("You asked for it, so another manager has to look at it. Nothing was changed.")
