"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Refusal, Words


class NoSuchOrganisation(Missing):
    """No body has this address."""

    code = "no_such_organisation"
    title: Words = _("We cannot find that council")
    message: Words = _("Check the web address, or choose your council from the list.")


class BadColour(Refusal):
    """The colour is not written as #rrggbb."""

    code = "bad_colour"
    message: Words = _("Write the colour as # and six characters, for example #1d4f5c.")


class NoSuchTeam(Refusal):
    """A service names a team that the body does not have."""

    status = 409
    code = "no_such_team"
    title: Words = _("This service is not ready")
    message: Words = _("The council has not set up the team that would deal with this. Please try again later.")


class NotAnAdministrator(Forbidden):
    """The calendar of a body is kept by its administrators."""

    code = "not_an_administrator"
    message: Words = _("Only an administrator may change the calendar.")


class DayTaken(Conflict):
    """The calendar says something of that day already."""

    code = "day_taken"
    title: Words = _("That day is already in the calendar")
    message: Words = _("To change it, remove it first.")


class NoSuchDay(Missing):
    """The calendar says nothing of that day, or no more."""

    code = "no_such_day"
    title: Words = _("That day is not in the calendar")
    message: Words = _("Someone may have removed it already.")
