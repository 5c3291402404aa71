"""`make bench`: a durable database of its own, the demonstration's councils, then every figure."""

import json
import os
import secrets
import sys
from base64 import b64encode
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from commonweal.frontends.cli.installation import ROOT, read_installation
from commonweal.frontends.cli.postgres.server import Server
from tests.benchmarks.figures import Figure, report

MODULES = (
    "submitting",
    "listing",
    "keys",
    "files",
    "audit",
    "dispatch",
    "finding",
    "worklist",
    "access",
    "legacy",
    "declarations",
    "information",
)


def main(chosen: list[str]) -> None:
    """Measure all figures, or those of the modules named on the command line."""
    version = read_installation(os.environ).postgres
    with TemporaryDirectory(prefix="commonweal-bench-") as folder:
        var = ROOT / "var"
        var.mkdir(exist_ok=True)
        server = Server(var / f"bench-postgres-{version}", version=version, log=Path(folder) / "postgres.log")
        server.start(purpose="bench")
        try:
            _prepare(server, Path(folder))
            figures: list[Figure] = []
            for name in chosen or MODULES:
                figures += import_module(f"tests.benchmarks.{name}").figures()
        finally:
            server.stop()
    report(figures, ROOT / "var" / "bench.json")


def _prepare(server: Server, folder: Path) -> None:
    """A fresh database of this run, migrated, with a few councils and cases."""
    name = f"bench_{secrets.token_hex(4)}"
    import psycopg

    with psycopg.connect(server.url("owner"), autocommit=True) as connection:
        for (old,) in connection.execute("select datname from pg_database where datname like 'bench_%'").fetchall():
            connection.execute(f'drop database "{old}" with (force)')
        connection.execute(f"create database {name}")
    os.environ |= {
        "DATABASE_OWNER_URL": server.url("owner", name),
        "DATABASE_URL": server.url("application", name),
        "COMMONWEAL_VAR": str(folder),
        "COMMONWEAL_KEYRING_KEYS": json.dumps(
            {"current": "bench", "keys": {"bench": b64encode(secrets.token_bytes(32)).decode()}}
        ),
        "COMMONWEAL_SECRET_KEY": secrets.token_urlsafe(50),
        "COMMONWEAL_DEMO": "1",
        "COMMONWEAL_POOL": "1",
        "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ROOT_URLCONF = "tests.benchmarks.floors"
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", database="owner", verbosity=0)
    from commonweal.frontends.cli import demo
    from commonweal.frontends.cli.assets import collect_assets

    collect_assets()
    demo.load(print, cases_each=30)


main(sys.argv[1:])
