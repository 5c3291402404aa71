"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Forbidden, Words


class NotTheOfficer(Forbidden):
    """Only the data protection officer of the organisation may see this."""

    code = "not_the_officer"
    message: Words = _("Only the data protection officer of this organisation can see this page.")
