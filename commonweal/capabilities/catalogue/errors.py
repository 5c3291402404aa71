"""What callers may catch."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Conflict, Forbidden, Missing, Refusal, Words


class BadDeclaration(Refusal):
    """The declaration has faults; `faults` are sentences that name file, line and field."""

    status = 422
    code = "bad_declaration"
    title: Words = _("This declaration cannot go live")

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class CannotOffer(Conflict):
    """The declaration is well, and the organisation is not one that can offer it."""

    title: Words = _("This organisation cannot offer this service")


class PowerMissing(CannotOffer):
    """The organisation may not offer the service: it lacks the power, or the service is not for its nation."""

    code = "power_missing"
    message: Words = _("The service is for organisations with other powers or in another nation.")


class TeamMissing(CannotOffer):
    """Nobody would receive what is sent: the organisation has no team of the name that the declaration says."""

    code = "team_missing"

    def __init__(self, team: str) -> None:
        super().__init__(
            _(
                "There is no team called “%(team)s” to receive the cases. Name another team, or ask for this one "
                "to be added."
            )
            % {"team": team}
        )


class NotOffered(Missing):
    """The organisation does not offer a service of this name."""

    code = "not_offered"
    title: Words = _("This service is not offered here")
    message: Words = _("Check the web address, or choose a service from the council's home page.")


class NotADesigner(Forbidden):
    """What a body offers is written by its service designers."""

    code = "not_a_designer"
    message: Words = _("Only a service designer can see and change drafts.")


class NoSuchVersion(Missing):
    """The body has no version of this number."""

    code = "no_such_version"
    title: Words = _("There is no such version")


class NoDraft(Missing):
    """Nobody is writing a draft of this service, or no more."""

    code = "no_draft"
    title: Words = _("There is no draft of this service")
    message: Words = _("It may have gone live or been deleted since you looked.")


class DraftMoved(Conflict):
    """Somebody else kept another text since this one was opened; nothing was overwritten."""

    code = "draft_moved"
    title: Words = _("Somebody else changed this draft")
    message: Words = _("Nothing was overwritten. Their text is shown below, and yours is still in the boxes.")


class VersionMoved(Conflict):
    """Another version is live, or the draft is another, than the one whose difference was looked at."""

    code = "version_moved"
    title: Words = _("This has changed since you compared the versions")
    message: Words = _("Nothing went live. Look at the changes again, then decide.")
