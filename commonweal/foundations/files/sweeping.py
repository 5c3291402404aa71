"""Remove expired uploads, and content that no row names."""

from datetime import timedelta
from uuid import UUID

from commonweal.foundations.actions.query import query
from commonweal.foundations.clocks.now import now
from commonweal.foundations.files import keeping, vault
from commonweal.foundations.files.folder import HALF
from commonweal.foundations.files.models import Part, StoredFile
from commonweal.foundations.scope.actors import Actor, System
from commonweal.foundations.tasks.standing import standing

ORPHAN_AFTER = timedelta(hours=24)
"""Content younger than this may belong to an action that has not committed yet."""

_SWEEPER = System(task="files.sweep")


@standing(seconds=600)
def sweep() -> int:
    """Forget expired uploads and delete orphans in every organisation; returns how many pieces of content went."""
    return sum(_sweep_expired(organisation) + _sweep_orphans(organisation) for organisation in vault.organisations())


@query()
def named_contents(actor: Actor, *, organisation: int, contents: list[UUID]) -> frozenset[UUID]:
    """Which of these pieces of content are named by a row: the others are orphans."""
    stored = StoredFile.objects.filter(organisation_id=organisation, content_id__in=contents)
    parts = Part.objects.filter(organisation_id=organisation, content_id__in=contents)
    named = {*stored.values_list("content_id", flat=True), *parts.values_list("content_id", flat=True)}
    return frozenset(content for content in named if content is not None)


@query()
def has_expired_files(actor: Actor, *, organisation: int) -> bool:
    """Whether there are uploads or files whose time is over."""
    return StoredFile.objects.filter(organisation_id=organisation, expires_at__lte=now()).exists()


def _sweep_expired(organisation: int) -> int:
    if not has_expired_files(_SWEEPER, organisation=organisation):
        return 0
    contents = keeping.forget_expired_files(_SWEEPER, organisation=organisation)
    vault.discard(organisation, contents)
    return len(contents)


def _sweep_orphans(organisation: int) -> int:
    old = [name for name in vault.names(organisation) if _is_old(organisation, name)]
    whole = {name: content for name in old if (content := _content_of(name)) is not None}
    named = named_contents(_SWEEPER, organisation=organisation, contents=list(whole.values()))
    orphans = [name for name in old if name.endswith(HALF) or (name in whole and whole[name] not in named)]
    for name in orphans:
        vault.remove(organisation, name)
    return len(orphans)


def _is_old(organisation: int, name: str) -> bool:
    changed = vault.changed_at(organisation, name)
    return changed is not None and changed < now() - ORPHAN_AFTER


def _content_of(name: str) -> UUID | None:
    """The id that a name in the folder stands for; what else lies there is not ours to touch."""
    try:
        return UUID(hex=name)
    except ValueError:
        return None
