"""`commonweal bodies`: a body of the register begins to offer services here, and has teams."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from commonweal.frontends.cli.asking import asking, operator_of
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import Command, steps_of

if TYPE_CHECKING:
    from commonweal.capabilities.organisations.queries import OrganisationRow

_TASK = "bodies.command"
_COLOUR = "#1d5c4d"


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with bodies, each with its options."""
    add = steps_of(parser)

    def of_body(name: str, step: Command, words: str) -> argparse.ArgumentParser:
        added = add(name, step, words)
        added.add_argument("slug", metavar="SLUG", help="the body's web address, for example leeds")
        return added

    opening = of_body("open", open_body, "open a body of the register, or change its contact and colour")
    opening.add_argument("--contact", required=True, help="how to write to its data protection officer")
    opening.add_argument("--colour", default=_COLOUR, help="the colour of its pages, as #1d5c4d")
    adding = of_body("team", add_team, "add a team to a body")
    adding.add_argument("name", metavar="NAME", help="as services name it: 'Waste and recycling'")


def open_body(installation: Installation, options: argparse.Namespace) -> int:
    """Enter the register if it is not here yet, and open the body. Raises Problem."""
    with asking(installation, "bodies open"):
        from commonweal.capabilities.organisations import actions
        from commonweal.capabilities.organisations.errors import BadColour

        operator = operator_of(_TASK)
        actions.load_register(operator)
        with body_at(options.slug) as body:
            try:
                actions.open_organisation(
                    operator, organisation=body.id, colour=options.colour, contact=options.contact
                )
            except BadColour:
                raise Problem(f"{options.colour} is not a colour: write it as {_COLOUR}.") from None
    say(f"{body.name} is open. Add its teams, offer its services and appoint its staff.")
    return 0


def add_team(installation: Installation, options: argparse.Namespace) -> int:
    """Add it. Raises Problem when it is there already."""
    with asking(installation, "bodies team"), body_at(options.slug) as body:
        from commonweal.capabilities.organisations import actions, queries

        operator = operator_of(_TASK)
        if options.name in {team.name for team in queries.teams(operator, organisation=body.id)}:
            raise Problem(f"{body.name} already has a team {options.name}.")
        actions.add_team(operator, organisation=body.id, name=options.name)
    say(f"{body.name} has a team {options.name}.")
    return 0


@contextmanager
def body_at(slug: str) -> Iterator["OrganisationRow"]:
    """The body with this web address. Raises Problem."""
    from commonweal.capabilities.organisations import queries
    from commonweal.capabilities.organisations.errors import NoSuchOrganisation

    try:
        yield queries.organisation_at(operator_of(_TASK), slug=slug)
    except NoSuchOrganisation:
        raise Problem(f"No body has the web address {slug}: look it up on the home page.") from None
