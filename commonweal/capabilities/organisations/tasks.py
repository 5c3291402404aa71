"""What runs for all bodies at once: the audit log is sealed, since only the register knows every body."""

from commonweal.capabilities.organisations import queries
from commonweal.foundations.audit.sealing import BATCH, SEALER, seal_settled
from commonweal.foundations.tasks.standing import standing


@standing(seconds=5)
def seal_audit_log() -> int:
    """Seal what is settled; a full batch is followed by the next at once."""
    sealed = seal_settled(every_body)
    return sealed if sealed == BATCH else 0


def every_body() -> tuple[int, ...]:
    """The ids of all bodies, open or not."""
    return tuple(body.id for body in queries.organisations(SEALER))
