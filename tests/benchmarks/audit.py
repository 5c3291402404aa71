"""Sealing and verifying the audit log, each beside the bare hashing of the same bytes."""

from hashlib import sha256

from django.db import connections

from commonweal.capabilities.organisations.tasks import every_body
from commonweal.foundations.audit.leaves import id_of
from commonweal.foundations.audit.sealing import BATCH, SEALER, copy_lines, seal_settled
from commonweal.foundations.audit.statements import LINES
from commonweal.foundations.audit.verifying import verify
from commonweal.foundations.scope.scopes import PLATFORM, read_scope
from tests.benchmarks.figures import Figure, Work, in_turns

_N, _WARM_UP = 5, 5

# One transaction for every two entries would take minutes; the sealer does not care how many there are.
_WRITE = """
insert into audit_entry
    (organisation_id, at, action, about, about_id, changed, facts, actor_kind, actor_id, channel)
select organisation_id, now(), 'cases.assign', 'cases.case', gen_random_uuid(), '["assignee", "revision"]',
    jsonb_build_object('assignee', gen_random_uuid()), 'staff', gen_random_uuid(), 'online'
from generate_series(1, %s) as number
join (select id as organisation_id, row_number() over (order by id) - 1 as place from organisations_organisation
    where is_open) as body on place = number %% (select count(*) from organisations_organisation where is_open)
"""


def figures() -> list[Figure]:
    """audit.seal.per_second and audit.verify.per_second, in entries."""
    while seal_settled(every_body):
        pass
    _write(BATCH * (_N + _WARM_UP))
    lines = _some_lines()
    sealing = _per_entry("audit.seal.per_second", BATCH, _seal, lambda: _hash(lines, 1))
    report = verify(every_body())
    if report.findings:
        raise RuntimeError(report.findings[0].sentence)
    times = report.entries // len(lines)
    verifying = _per_entry(
        "audit.verify.per_second", report.entries, lambda: verify(every_body()), lambda: _hash(lines, times)
    )
    return [sealing, verifying]


def _per_entry(name: str, entries: int, work: Work, floor: Work) -> Figure:
    ours, theirs = in_turns([work, floor], _N)
    return Figure(name, entries / ours, "1/s", entries / theirs, theirs / ours, _N)


def _seal() -> None:
    if seal_settled(every_body) != BATCH:
        raise RuntimeError("There was no full batch to seal.")


def _write(count: int) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_WRITE, [count])
        cursor.execute("analyze audit_entry")


def _some_lines() -> list[bytes]:
    """The bytes of as many entries as one batch has."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select array_agg(id) from (select id from audit_entry order by id desc limit %s) l", [BATCH])
        (ids,) = cursor.fetchone()
    with read_scope(SEALER, (PLATFORM, *every_body())):
        return sorted(copy_lines(LINES, {"ids": ids}), key=id_of)


def _hash(lines: list[bytes], times: int) -> None:
    for _time in range(times):
        for line in lines:
            sha256(line).digest()
