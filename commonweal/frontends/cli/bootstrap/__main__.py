"""Refuses a Python that is too old in one sentence: so this file must parse, and be run, on any Python 3."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 the point of this file is to be run by such a Python
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        try:
            os.execvp(name, [name, "-m", "commonweal.frontends.cli.bootstrap"] + sys.argv[1:])  # noqa: RUF005, S606
        except OSError:
            continue
    found = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit(
        "Commonweal needs Python 3.11 or newer and this is " + found + ": install one, or name it: make run PYTHON=..."
    )

from commonweal.frontends.cli.bootstrap.setting_up import main

raise SystemExit(main(sys.argv[1:]))
