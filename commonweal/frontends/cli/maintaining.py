"""`commonweal maintain`: the months of the trace are made ahead, and go when their period is over; by the owner.

`commonweal run` does it at its start and once a day. Where processes run on machines of their own, a timer calls it.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator

import django
from django.db import connections

from commonweal.frontends.cli.databases import environment_for, open_database
from commonweal.frontends.cli.installation import ROOT, Installation
from commonweal.frontends.cli.progress import say

COMMAND = [sys.executable, "-m", "commonweal.frontends.cli.maintaining"]


def run(installation: Installation, options: argparse.Namespace) -> int:
    """Keep the months, and say what was done; returns the exit code."""
    with open_database(installation, say, purpose="maintain") as database:
        environment = environment_for(installation, database, as_owner=True)
        return subprocess.run(COMMAND, cwd=ROOT, env=environment, check=False).returncode


def keep_months() -> Iterator[str]:
    """Make the months that are missing and drop those that are over; tells what was done, a sentence each.

    One at a time: a second one waits for the first. Whoever reads is not kept waiting for longer than ten seconds.
    """
    from commonweal.foundations.personal_data.partitions import drop_expired, make_partitions

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext('commonweal.maintain'))")
        cursor.execute("set lock_timeout = '10s'")
    try:
        made, dropped = make_partitions(owner), drop_expired(owner)
    finally:
        owner.close()
    for names, words in ((made, "made"), (dropped, "dropped")):
        if names:
            yield f"Trace: {words} {len(names)} months, {names[0][-7:]} to {names[-1][-7:]}"


def main() -> int:
    """Keep the months in a process of its own."""
    django.setup()
    if "personal_data_trace" not in connections["owner"].introspection.table_names():
        print("There are no tables yet: run `commonweal migrate`.", file=sys.stderr)
        return 1
    for sentence in keep_months():
        say(sentence)
    say("Trace: the months are as they should be")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
