"""The SQL of sealing and verifying. Parts are put together from constants of this package alone, never from outside."""
# ruff: noqa: S608 as the line above says

from commonweal.foundations.audit.leaves import LINE

HEADER = "number, epoch, cluster, at, size, first, last, floor, upto_transaction, upto_id, previous, tree, root"
_AHEAD = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
_WAITS = "id > %(floor)s and transaction >= %(transaction)s and (transaction, id) > (%(transaction)s, %(id)s)"
TOGETHER = 10_000

MOMENT = f"""
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, {_AHEAD},
    case when has_function_privilege('pg_control_system()', 'execute')
        then (select system_identifier from pg_control_system()) else 0 end
"""

LATEST = f"select {HEADER} from audit_seal where organisation_id = %(platform)s order by number desc limit 1"

NEXT = f"""
select {LINE} from audit_entry where {_WAITS} and transaction < %(horizon)s order by transaction, id limit %(at_most)s
"""

# Entries of the time before a restore are sealed, or bear numbers that this server has not given yet.
FLOOR = f"""
select greatest(
    (select max(entry) from audit_seal, unnest(entries) as entry where organisation_id = %(platform)s),
    (select max(id) from audit_entry where transaction >= {_AHEAD}), 0)
"""

LEFT_OVER = f"""
select {LINE} from audit_entry left join (
    select entry from audit_seal, unnest(entries) as entry where organisation_id = %(platform)s
) as sealed on entry = id
where entry is null and (transaction < %(horizon)s or id <= %(floor)s) order by transaction, id
"""

INSERT = f"""
insert into audit_seal (organisation_id, {HEADER}, entries, leaves)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s)
on conflict (organisation_id, number) do nothing returning id
"""

# As many whole seals as hold about ten thousand entries.
SEALS = f"""
select {HEADER}, entries, leaves from audit_seal join (
    select id, size, sum(size) over (order by number) as upto from (
        select id, size, number from audit_seal where organisation_id = %(platform)s and number > %(number)s
        order by number limit 1000
    ) as following
) as chosen using (id, size) where upto - size < {TOGETHER} order by number
"""

# Found by their transactions the policy is evaluated once; found by their ids, once for each.
LINES_BETWEEN = f"""
select {LINE} from audit_entry where {_WAITS} and transaction <= %(last_transaction)s
    and (transaction, id) <= (%(last_transaction)s, %(last_id)s)
"""

LINES = f"select {LINE} from audit_entry where id = any(%(ids)s::bigint[])"

_IS_TO_BE_SEALED = f"not ({_WAITS} and (%(is_elsewhere)s or transaction < {_AHEAD}))"

# A sequential scan would evaluate the policy, with every body in it, once for each entry.
BY_INDEX = "select set_config('enable_seqscan', 'off', true)"
TO_BE_SEALED = f"select count(*) from audit_entry where {_IS_TO_BE_SEALED}"

OUTSIDE = f"""
select id, transaction >= {_AHEAD} from audit_entry left join (
    select entry from audit_seal, unnest(entries) as entry where organisation_id = %(platform)s and number <= %(number)s
) as sealed on entry = id
where entry is null and {_IS_TO_BE_SEALED} order by id
"""

WAITING = f"select count(*) from audit_entry where {_WAITS}"

# The last root and, of a long log, one in so many: each root answers for all before it.
ROOTS = """
select number, epoch, at, root from audit_seal, (
    select max(number) as latest from audit_seal where organisation_id = %(platform)s
) as log
where organisation_id = %(platform)s and (number = latest or number %% (1 + latest / %(at_most)s) = 0) order by number
"""
