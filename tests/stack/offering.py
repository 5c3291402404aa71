"""Offers one more service at a council of a running stack; in a process of its own, as the application."""

import sys
from pathlib import Path

import django

from commonweal.foundations.scope.actors import Channel, System


def main(slug: str, file: str) -> int:
    """Offer the service that a file declares."""
    django.setup()
    from commonweal.capabilities.catalogue import actions as catalogue
    from commonweal.capabilities.organisations import queries as organisations

    actor = System(task="tests.offer", channel=Channel.COMMAND)
    organisation = organisations.organisation_at(actor, slug=slug).id
    catalogue.offer_service(actor, organisation=organisation, declaration=Path(file).read_text(), file=file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
