#!/usr/bin/env python3
"""Django's own commands, with the database of this installation at hand: the same as `commonweal manage`."""

import sys

from commonweal.frontends.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["manage", *sys.argv[1:]]))
