"""`commonweal doctor`: one sentence for each thing that can be looked at."""

import sys
from collections.abc import Callable, Iterator

from commonweal.frontends.cli.databases import Database, open_database
from commonweal.frontends.cli.findings import (
    Connection,
    Finding,
    examine_deliveries,
    examine_months,
    examine_seals,
    examine_tallies,
)
from commonweal.frontends.cli.installation import Installation
from commonweal.frontends.cli.keyrings import (
    check_keyring,
    is_readable_by_others,
    require_newest_keys,
    rotation_days,
    store_of,
)
from commonweal.frontends.cli.postgres.given import OLDEST, connect, is_powerful
from commonweal.frontends.cli.postgres.urls import parse_url
from commonweal.frontends.cli.problems import ENOUGH_TO_INSTALL, Problem, require_space
from commonweal.frontends.cli.progress import say


def examine(installation: Installation) -> int:
    """Print every finding; 1 when something is wrong."""
    findings = [*_examine_machine(installation), *_examine_database(installation)]
    for finding in findings:
        say(f"{'well ' if finding.is_well else 'WRONG'}  {finding.sentence}")
    return 0 if all(finding.is_well for finding in findings) else 1


def _examine_machine(installation: Installation) -> Iterator[Finding]:
    yield Finding(sys.version_info >= (3, 11), f"Python is {sys.version.split()[0]}; 3.11 or newer is needed.")
    yield _attempt(
        lambda: require_space(installation.var, ENOUGH_TO_INSTALL, "comfort"),
        f"There is space where {installation.var} lies.",
    )
    yield _attempt(lambda: check_keyring(installation.keyring), f"The keyring {installation.keyring} can be read.")
    yield from _examine_rotation(installation)
    if installation.keyring.exists():
        is_open = is_readable_by_others(installation.keyring)
        words = "can be read by others: run chmod 600 on it" if is_open else "is readable by its owner only"
        yield Finding(not is_open, f"The keyring {words}.")


def _examine_rotation(installation: Installation) -> Iterator[Finding]:
    from commonweal.foundations.clocks.now import now
    from commonweal.foundations.personal_data.wrapping import KeyringError

    try:
        ring = store_of(installation.keyring).load()
    except KeyringError:
        return
    is_overdue = ring.is_overdue(now(), days=rotation_days())
    words = "overdue for rotation: run `commonweal keys rotate`" if is_overdue else "young enough"
    yield Finding(not is_overdue, f"The key-encryption key is {words}.")
    if ring.old:
        yield Finding(False, "A rotation was broken off or is running: run `commonweal keys rotate` to finish it.")


def _examine_database(installation: Installation) -> Iterator[Finding]:
    try:
        with open_database(installation, say, purpose="doctor", needs_owner=False) as database:
            yield Finding(True, "The database takes connections.")
            with connect(parse_url("DATABASE_URL", database.url)) as connection:
                yield from _examine_application_login(connection)
            yield _attempt(
                lambda: require_newest_keys(installation, database), "The data may be served: its keys are the newest."
            )
            if database.owner_url:
                yield from _examine_owner(database)
                yield from _examine_wrappers(installation, database)
    except Problem as problem:
        yield Finding(False, str(problem))


def _examine_application_login(connection: Connection) -> Iterator[Finding]:
    version = connection.info.server_version // 10000
    yield Finding(version >= OLDEST, f"PostgreSQL is {version}; {OLDEST} or newer is needed.")
    login = connection.info.user
    is_plain = not is_powerful(connection)
    words = (
        "owns nothing and passes by no policy" if is_plain else "is too powerful: it must own nothing and make nothing"
    )
    yield Finding(is_plain, f"The application's login {login} {words}.")


def _examine_owner(database: Database) -> Iterator[Finding]:
    with connect(parse_url("DATABASE_OWNER_URL", database.owner_url)) as connection:
        row = connection.execute("select has_schema_privilege('public', 'create')").fetchone()
        may_make = bool(row and row[0])
        words = "may make tables" if may_make else "may not make tables: grant it create on schema public"
        yield Finding(may_make, f"The owner's login {connection.info.user} {words}.")
        row = connection.execute("select to_regclass('public.django_migrations') is not null").fetchone()
        is_migrated = bool(row and row[0])
        words = "There are tables" if is_migrated else "There are no tables yet: run `commonweal migrate`"
        yield Finding(is_migrated, f"{words}.")
        if is_migrated:
            yield examine_months(connection)
            yield examine_tallies(connection)
            yield examine_deliveries(connection)
            yield examine_seals(connection)


def _examine_wrappers(installation: Installation, database: Database) -> Iterator[Finding]:
    """An older copy of the keyring opens nothing that was wrapped since: better found here than by residents."""
    from commonweal.foundations.personal_data.wrapping import KeyringError

    try:
        names = list(store_of(installation.keyring).load().keys)
    except KeyringError:
        return
    with connect(parse_url("DATABASE_OWNER_URL", database.owner_url)) as connection:
        row = connection.execute("select to_regclass('public.personal_data_datakey') is not null").fetchone()
        if not (row and row[0]):
            return
        row = connection.execute(
            "select count(*) from personal_data_datakey where wrapped_by <> all(%s)", [names]
        ).fetchone()
    lost = row[0] if row else 0
    words = f"{lost} data keys are wrapped by a key that the keyring does not hold: put its newest copy back"
    yield Finding(not lost, f"{words}." if lost else "The keyring opens every data key.")


def _attempt(check: Callable[[], None], sentence: str) -> Finding:
    try:
        check()
    except Problem as problem:
        return Finding(False, str(problem))
    return Finding(True, sentence)
