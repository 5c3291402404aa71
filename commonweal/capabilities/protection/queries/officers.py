"""Who may look over everybody's shoulder: the data protection officer, trained and with a second factor."""

from commonweal.capabilities.protection.errors import NotTheOfficer
from commonweal.foundations.personal_data.purposes import OVERSIGHT
from commonweal.foundations.personal_data.reading import require_gates
from commonweal.foundations.scope.actors import Actor, Staff


def require_officer(actor: Actor, organisation: int) -> None:
    """Raises NotTheOfficer, or ReadingRefused when the officer has not met the gates."""
    if not isinstance(actor, Staff) or OVERSIGHT.code not in actor.purposes or actor.organisation != organisation:
        raise NotTheOfficer
    require_gates(actor, OVERSIGHT, organisation)
