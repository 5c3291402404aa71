"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Missing, Refusal, Words


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
