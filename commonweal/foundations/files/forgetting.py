"""Forget files: rows and keys go in one action, the sealed content right after it."""

from uuid import UUID

from commonweal.foundations.actions.query import query
from commonweal.foundations.files import keeping, vault
from commonweal.foundations.files.models import StoredFile
from commonweal.foundations.personal_data.ledger import Line, forgets
from commonweal.foundations.scope.actors import Actor, System
from commonweal.foundations.scope.scopes import ScopeError, open_scope_or_none

_RESTORER = System(task="files.restore")


def forget(actor: Actor, *, organisation: int, file: UUID) -> None:
    """Forget one file: its row, its key and its content. The caller has checked that the actor may."""
    if open_scope_or_none() is not None:
        raise ScopeError("Content is deleted outside any scope: inside an action, call keeping.forget_files.")
    vault.discard(organisation, keeping.forget_files(actor, organisation=organisation, files=(file,)))


@forgets
def forget_again(line: Line) -> None:
    """Forget a file again after a restore, because the erasure ledger names it."""
    if is_held(_RESTORER, organisation=line.organisation, file=line.holder):
        forget(_RESTORER, organisation=line.organisation, file=line.holder)


@query()
def is_held(actor: Actor, *, organisation: int, file: UUID) -> bool:
    """Whether a file still has a row."""
    return StoredFile.objects.filter(organisation_id=organisation, id=file).exists()
