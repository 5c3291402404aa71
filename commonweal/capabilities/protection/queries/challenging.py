"""How an answer of the organisation is challenged: in its letters and in the copies it gives."""

from django.utils.translation import get_language, gettext

from commonweal.capabilities.organisations.queries import OrganisationRow
from commonweal.capabilities.protection.queries.regulators import regulator_on
from commonweal.foundations.clocks.now import today


def ways_to_challenge(body: OrganisationRow) -> tuple[str, str, str]:
    """With the body, the regulator and a court (UK GDPR Articles 12(4) and 15(1)(f)), in the language in use."""
    regulator, language = regulator_on(today()), get_language() or "en"
    return (
        gettext("You can complain to us, %(organisation)s: %(contact)s.")
        % {"organisation": body.name, "contact": body.contact or body.name},
        gettext("You can complain to %(regulator)s: %(web)s, %(phone)s, %(address)s.")
        % {
            "regulator": regulator.name(language[:2]),
            "web": regulator.web,
            "phone": regulator.phone,
            "address": regulator.address,
        },
        gettext("You can ask a court to enforce your rights."),
    )
