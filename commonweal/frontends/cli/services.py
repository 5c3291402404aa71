"""`commonweal services`: check a declaration in a file, and offer it for a body."""

import argparse
import os
from pathlib import Path

import django

from commonweal.frontends.cli.asking import asking, operator_of
from commonweal.frontends.cli.bodies import body_at
from commonweal.frontends.cli.databases import Database, environment_for
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import steps_of

# A check asks no database anything.
_NOWHERE = "postgresql://nobody@/nowhere?host=/nowhere"


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with declarations, each with its options."""
    add = steps_of(parser)
    for name, step, words in (
        ("check", check, "list each mistake in a declaration with its line and field; exit code 1 if there are any"),
        ("offer", offer_file, "make the service in a file live for a body at once, as the platform"),
    ):
        added = add(name, step, words)
        added.add_argument("file", type=Path, metavar="FILE", help="the service.yaml")
        added.add_argument("--overrides", type=Path, metavar="FILE", help="what the body says differently")
        if step is offer_file:
            added.add_argument("--organisation", required=True, metavar="SLUG", help="the body's web address")


def check(installation: Installation, options: argparse.Namespace) -> int:
    """Every fault on a line of its own, the first line of the file first; also periods that nothing needs."""
    text, overrides = _read(options.file), _read(options.overrides)
    installation.make_folders()
    os.environ.update(environment_for(installation, Database(_NOWHERE, _NOWHERE, None), as_owner=False))
    django.setup()
    from commonweal.capabilities.catalogue.actions import check_declaration
    from commonweal.capabilities.catalogue.errors import BadDeclaration
    from commonweal.capabilities.catalogue.queries.needing import kept_too_long

    try:
        service = check_declaration(text, file=str(options.file), overrides=overrides)
    except BadDeclaration as bad:
        for fault in bad.faults:
            say(fault)
        return 1
    for one in kept_too_long(service):
        say(
            f"{options.file}: {one.outcome.en} is kept for {one.months} months in {one.nation}; nothing that it names "
            f"needs more than {one.needed}: shorten it, or name the law that needs it."
        )
    pages = len(service.pages)
    told = f"{pages} {'page' if pages == 1 else 'pages'}"
    say(f"{options.file}: {service.title.en} has no mistakes: {told}. It can be offered.")
    return 0


def offer_file(installation: Installation, options: argparse.Namespace) -> int:
    """Offer it; 1 with every fault when it cannot be."""
    text = _read(options.file)
    overrides = _read(options.overrides) if options.overrides else None
    with asking(installation, "services offer"), body_at(options.organisation) as body:
        from commonweal.capabilities.catalogue.actions import offer_service
        from commonweal.capabilities.catalogue.errors import BadDeclaration, PowerMissing, TeamMissing

        actor = operator_of("services.offer")
        try:
            offer_service(actor, organisation=body.id, declaration=text, file=str(options.file), overrides=overrides)
        except BadDeclaration as bad:
            for fault in bad.faults:
                say(fault)
            return 1
        except PowerMissing:
            raise Problem(f"{body.name} lacks the powers for this service, or it is not for {body.nation}.") from None
        except TeamMissing as refusal:
            raise Problem(f"{refusal.message} To add it: `commonweal bodies team`.") from None
    say(f"{body.name} offers it now. Applications already started keep their version.")
    return 0


def _read(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text()
    except OSError as error:
        raise explain(error) from None
    except UnicodeDecodeError:
        raise Problem(f"{path} is not UTF-8 text: save it as UTF-8.") from None
