"""`commonweal audit`: is the log as it was sealed, and the roots that prove it to others."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from commonweal.frontends.cli.asking import asking
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.problems import Problem, explain
from commonweal.frontends.cli.progress import say
from commonweal.frontends.cli.steps import steps_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from commonweal.foundations.audit.roots import Published
    from commonweal.foundations.audit.verifying import Report

EPOCH_BEGUN = "Audit log: another epoch has begun. Roots exported since the backup will differ, and show what was lost."


def offer(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with the log, each with its options."""
    add = steps_of(parser)
    verifying = add("verify", verify, "check every entry against its seal; 1 when something is wrong")
    verifying.add_argument("--roots", type=Path, help="check the seals against this file of exported roots as well")
    verifying.add_argument("--key", help="the public key that signed that file; when left out, this installation's own")
    exporting = add("roots", roots, "write a signed file of the roots, to be kept by somebody else")
    exporting.add_argument("--export", type=Path, required=True, metavar="FILE", help="the file to write")
    add("restored", restored, "after the data was restored from a backup: begin another epoch of the log")


def verify(installation: Installation, options: argparse.Namespace) -> int:
    """Say what is wrong with the log, first things first."""
    with asking(installation, "audit verify"):
        from commonweal.foundations.audit.verifying import verify as verify_log

        published = _read_roots(options.roots, options.key) if options.roots else []
        report = verify_log(_bodies(), published=published)
    for finding in report.findings:
        say(finding.sentence)
    say(_sum_up(report, published))
    return 1 if report.findings else 0


def roots(installation: Installation, options: argparse.Namespace) -> int:
    """Write the file, and say which public key checks it."""
    with asking(installation, "audit roots"):
        from commonweal.foundations.audit.roots import export_roots, public_key_of, read_roots

        key = _signing_key()
        text = export_roots(key)
        exported = read_roots(text, trusted=public_key_of(key))
    if not exported:
        raise Problem("Nothing is sealed yet: the worker seals every few seconds, so start it and try again.")
    try:
        options.export.write_text(text)
    except OSError as error:
        raise explain(error) from None
    last = exported[-1]
    say(f"Audit log: the roots up to batch {last.number} are in {options.export}; the last is {last.root.hex()}")
    say(f"Public key: {public_key_of(key)}")
    say("Give both to the person who checks on you, for `commonweal audit verify --roots FILE --key KEY`.")
    return 0


def restored(installation: Installation, options: argparse.Namespace) -> int:
    """Begin another epoch."""
    with asking(installation, "audit restored"):
        begin_epoch()
    say(EPOCH_BEGUN)
    return 0


def begin_epoch() -> None:
    """Seal what a restored log holds and go on in another epoch; Django is at hand."""
    from commonweal.foundations.audit.sealing import seal_settled

    seal_settled(_bodies, is_restored=True)


def _sum_up(report: "Report", published: "list[Published]") -> str:
    if report.findings:
        return "Audit log: NOT as it was sealed; the first things that are wrong are named above."
    agreement = f" They agree with the roots exported up to batch {published[-1].number}." if published else ""
    root = f" The last root is {report.last.root.hex()}." if report.last else ""
    return (
        f"Audit log: {report.entries:,} entries in {report.seals:,} batches are as they were sealed; "
        f"{report.waiting:,} wait for their seal.{agreement}{root}"
    )


def _read_roots(path: Path, key: str | None) -> "list[Published]":
    from commonweal.foundations.audit.roots import BadRoots, public_key_of, read_roots, signing_key_path

    if key is None and not signing_key_path().exists():
        raise Problem("This installation has signed no roots: give the public key of the file with --key.")
    try:
        return read_roots(path.read_text(), trusted=key or public_key_of(_signing_key()))
    except OSError as error:
        raise explain(error) from None
    except (BadRoots, UnicodeDecodeError) as error:
        raise Problem(f"The roots in {path} cannot be relied on. {error}") from None


def _signing_key() -> "Ed25519PrivateKey":
    from commonweal.foundations.audit.roots import signing_key

    try:
        return signing_key()
    except OSError as error:
        raise explain(error) from None
    except ValueError as error:
        raise Problem(f"The key that signs roots cannot be read: {error}") from None


def _bodies() -> tuple[int, ...]:
    from commonweal.capabilities.organisations import queries
    from commonweal.foundations.audit.sealing import SEALER

    return tuple(body.id for body in queries.organisations(SEALER))
