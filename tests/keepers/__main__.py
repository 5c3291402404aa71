"""The rules that can be seen broken without a database, for `make check`: pages, calls, steps of migrations."""

import sys

import django

django.setup()

from django.db.migrations.loader import MigrationLoader  # noqa: E402 Django must have started

from tests.keepers import calling, routes, steps  # noqa: E402 as above

faults = [*routes.faults(), *calling.faults(), *steps.faults(MigrationLoader(None))]
sys.stdout.writelines(f"{fault}\n" for fault in faults)
raise SystemExit(1 if faults else 0)
