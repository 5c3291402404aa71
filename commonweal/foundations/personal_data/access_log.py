"""The access log: one line a visit, with the visitor's address cut to a network; cut further, then gone.

A file a day, for its owner alone. Nothing in it says which person or case a page was about: the page's name stands
there, not its path.
"""

import os
from datetime import datetime
from ipaddress import ip_address, ip_network
from pathlib import Path

from commonweal.foundations.personal_data.schedules import rule_for

NO_ADDRESS = "-"
_AT_FIRST, _LATER = {4: 24, 6: 48}, {4: 16, 6: 32}
_NAME, _CUT = "access-{day}.log", "access-{day}.cut.log"


def cut_address(address: str, *, further: bool = False) -> str:
    """The network an address is in: of 256 addresses, or of 65,536 (IPv6: a site, or a provider); "-" for none."""
    try:
        given = ip_address(address.partition("%")[0])
    except ValueError:
        return NO_ADDRESS
    given = getattr(given, "ipv4_mapped", None) or given
    length = (_LATER if further else _AT_FIRST)[given.version]
    return str(ip_network(f"{given}/{length}", strict=False).network_address)


def write_visit(folder: Path, moment: datetime, line: str, address: str) -> None:
    """Append a visit to the file of its day. Raises OSError when that cannot be written."""
    path = folder / _NAME.format(day=moment.date().isoformat())
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(folder, moment)
    text = f"{moment:%Y-%m-%dT%H:%M:%SZ} {line} {cut_address(address)}\n"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def sweep(folder: Path, moment: datetime) -> int:
    """Delete the days past their time and cut the addresses of those past theirs; returns how many files changed."""
    gone, cut = (
        (moment - rule_for(name, "UK").period).date().isoformat() for name in ("access_log", "access_log.address")
    )
    changed = 0
    for path in sorted(folder.glob("access-*.log")):
        day, is_cut = path.name[len("access-") :][:10], path.name.endswith(".cut.log")
        if day < gone:
            path.unlink(missing_ok=True)
            changed += 1
        elif day < cut and not is_cut:
            _cut_file(path, folder / _CUT.format(day=day))
            changed += 1
    return changed


def _cut_file(path: Path, target: Path) -> None:
    """Rewrite a file with shorter addresses under another name. Broken off, it begins again."""
    beside = target.with_suffix(".new")
    with path.open() as lines, os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for line in lines:
            rest, _space, address = line.rstrip("\n").rpartition(" ")
            file.write(f"{rest} {cut_address(address, further=True)}\n")
    beside.replace(target)
    path.unlink(missing_ok=True)
