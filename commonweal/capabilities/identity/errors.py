"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Refusal, Words


class NotStaff(Missing):
    """The account has no membership in this organisation: it may not even know what is there."""

    code = "not_staff"


class AccountExists(Conflict):
    """Someone signed up with an address that got an account in the same moment: nothing of theirs may be touched."""

    code = "account_exists"


class RolesConflict(Conflict):
    """The law forbids one person to hold these roles together."""

    code = "roles_conflict"
    title: Words = _("These roles cannot be held by one person")
    message: Words = _("A data protection officer may not hold a role that decides how personal data is used.")


class NoSuchRole(Refusal):
    """A role that is not one of the platform's."""

    code = "no_such_role"


class NoSuchRelation(Missing):
    """No such relation was declared here, or it has ended."""

    code = "no_such_relation"


class MayNotDecide(Forbidden):
    """Only the data protection officer decides this."""

    code = "may_not_decide"


class MayNotAppoint(Forbidden):
    """Administrators appoint others than themselves, and neither give nor take the officer's role.

    Nobody is removed by those whose work they oversee (UK GDPR Article 38(3)).
    """

    code = "may_not_appoint"
    title: Words = _("You cannot change this appointment")
    message: Words = _(
        "An administrator appoints others, never themselves. The data protection officer is appointed by those who run "
        "this installation."
    )
