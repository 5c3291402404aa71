"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Missing, Refusal, Words


class BadDeclaration(Refusal):
    """The declaration has faults; `faults` are sentences that name file, line and field."""

    status = 422
    code = "bad_declaration"
    title: Words = _("This declaration cannot go live")

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class PowerMissing(Conflict):
    """The organisation may not offer the service: it lacks the power, or the service is not for its nation."""

    code = "power_missing"
    title: Words = _("This organisation cannot offer this service")
    message: Words = _("The service is for organisations with other powers or in another nation.")


class NotOffered(Missing):
    """The organisation does not offer a service of this name."""

    code = "not_offered"
    title: Words = _("This service is not offered here")
    message: Words = _("Check the web address, or choose a service from the council's home page.")
