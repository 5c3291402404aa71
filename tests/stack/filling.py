"""Fills a new database as `make run` does, with a small demonstration; in a process of its own, as the owner."""

import sys

import django
from django.core.management import call_command


def main() -> int:
    """Migrate, collect the assets and live through a demonstration: so many reports in each council, and each story so
    many times."""
    django.setup()
    from commonweal.frontends.cli import demo
    from commonweal.frontends.cli.assets import collect_assets

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    collect_assets()
    demo.load(lambda text: None, cases_each=int(sys.argv[1]), stories_each=int(sys.argv[2]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
