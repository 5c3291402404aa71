"""`commonweal staff`: who works for a body in which roles, and who passed the data protection course."""

import argparse
from typing import TYPE_CHECKING

from commonweal.frontends.cli.asking import asking, day, operator_of
from commonweal.frontends.cli.bodies import body_at
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import steps_of

if TYPE_CHECKING:
    from uuid import UUID

_TASK = "staff.command"


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done about staff, each with its options."""
    add = steps_of(parser)

    def of_body(added: argparse.ArgumentParser) -> None:
        added.add_argument("slug", metavar="SLUG", help="the body's web address, for example leeds")

    def of_account(added: argparse.ArgumentParser) -> None:
        added.add_argument("email", metavar="EMAIL", help="the address they sign in with")

    of_body(add("list", tell, "list who works for a body, in which roles and team"))
    appointing = add("appoint", appoint, "appoint someone to a body, or change their roles and team")
    of_body(appointing)
    of_account(appointing)
    appointing.add_argument("--name", required=True, help="as colleagues know them")
    appointing.add_argument("--role", action="append", required=True, help="such as case_worker; several times")
    appointing.add_argument("--team", default="", help="the team they work in")
    ending = add("end", end, "end someone's work for a body")
    of_body(ending)
    of_account(ending)
    trained = add("trained", record_course, "record that someone passed the data protection course or failed its test")
    of_account(trained)
    trained.add_argument("--course", required=True, help="which course it was, in one word: starter")
    trained.add_argument("--on", type=day, required=True, help="the day, as 2027-05-07")
    result = trained.add_mutually_exclusive_group(required=True)
    result.add_argument("--until", type=day, help="passed, and counts until this day")
    result.add_argument("--failed", action="store_true", help="failed: nothing opens until they pass")


def tell(installation: Installation, options: argparse.Namespace) -> int:
    """A line for each."""
    with asking(installation, "staff list"), body_at(options.slug) as body:
        from commonweal.capabilities.identity.queries import colleagues
        from commonweal.capabilities.organisations import queries as organisations

        operator = operator_of(_TASK)
        teams = {team.id: team.name for team in organisations.teams(operator, organisation=body.id)}
        for one in colleagues.colleagues(operator, organisation=body.id):
            team = teams.get(one.team, "") if one.team else ""
            say(", ".join(part for part in (one.name, *one.roles, team) if part))
    return 0


def appoint(installation: Installation, options: argparse.Namespace) -> int:
    """Appoint them. Raises Problem for an account, role or team that is not there, and roles that conflict.

    And for an address that nobody confirmed.
    """
    with asking(installation, "staff appoint"), body_at(options.slug) as body:
        from commonweal.capabilities.identity.actions import appointing
        from commonweal.capabilities.identity.errors import NoSuchRole, RolesConflict
        from commonweal.capabilities.identity.queries.colleagues import roles
        from commonweal.capabilities.organisations.errors import NoSuchTeam
        from commonweal.capabilities.organisations.queries import team_named
        from commonweal.foundations.errors import Invalid

        operator = operator_of(_TASK)
        try:
            team = team_named(operator, organisation=body.id, name=options.team) if options.team else None
            appointing.appoint(
                operator,
                organisation=body.id,
                account=_confirmed(options.email),
                name=options.name,
                roles=options.role,
                team=team,
            )
        except NoSuchTeam:
            raise Problem(f"{body.name} has no team {options.team}: add it with `commonweal bodies team`.") from None
        except NoSuchRole:
            raise Problem(f"The roles are {', '.join(role.code for role in roles())}.") from None
        except RolesConflict as refusal:
            raise Problem(str(refusal.message)) from None
        except Invalid as refusal:
            raise Problem(f"{'. '.join(map(str, refusal.fields.values()))}.") from None
    say(f"{options.name} works for {body.name}. Cases open once they have a second factor and passed the course.")
    return 0


def end(installation: Installation, options: argparse.Namespace) -> int:
    """End it at once: the next page they ask for is refused. Raises Problem."""
    with asking(installation, "staff end"), body_at(options.slug) as body:
        from commonweal.capabilities.cases.actions.leaving import end_work
        from commonweal.capabilities.identity.errors import NotStaff

        try:
            cases = end_work(operator_of(_TASK), organisation=body.id, account=_account(options.email))
        except NotStaff:
            raise Problem(f"{options.email} does not work for {body.name}.") from None
    say(f"{options.email} no longer works for {body.name}. Their open cases that wait for somebody else: {cases}.")
    return 0


def record_course(installation: Installation, options: argparse.Namespace) -> int:
    """Record it. Raises Problem for a day that cannot be."""
    with asking(installation, "staff trained"):
        from commonweal.capabilities.identity.actions import training
        from commonweal.foundations.clocks.now import today

        if options.on > today():
            raise Problem(f"{options.on} is in the future.")
        if options.until and options.until <= options.on:
            raise Problem("--until must be later than --on.")
        operator, account = operator_of(_TASK), _account(options.email)
        if options.failed:
            training.record_failed_test(operator, account=account, course=options.course, on=options.on)
        else:
            training.record_training(
                operator, account=account, course=options.course, passed_on=options.on, expires_on=options.until
            )
    say(f"Recorded for {options.email}.")
    return 0


def _account(email: str) -> "UUID":
    from commonweal.capabilities.identity.queries import accounts

    found = accounts.account_with_email(operator_of(_TASK), email=email)
    if found is None:
        raise Problem(f"No account has the address {email}: they create one on the website and confirm it first.")
    return found


def _confirmed(email: str) -> "UUID":
    """Anybody may begin a sign-in with a colleague's address and a password of their own."""
    from commonweal.capabilities.identity.queries import accounts

    account = _account(email)
    if not accounts.sign_in_of(operator_of(_TASK), account=account).is_confirmed:
        raise Problem(f"The owner of {email} has not confirmed the address: they do that on the website.")
    return account
