"""Store a file that the platform made. Nobody uploaded it, so it is not examined."""

from base64 import b64encode
from collections.abc import Iterable
from uuid import UUID

from uuid6 import uuid7

from commonweal.foundations.files import recording, vault
from commonweal.foundations.files.chunks import new_key, seal_stream
from commonweal.foundations.files.parts import content_place, held_upload
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import ScopeError, open_scope_or_none


def store_made(
    actor: Actor,
    *,
    organisation: int,
    content: Iterable[bytes],
    size: int,
    name: str,
    media_type: str,
    subject: UUID,
    retention_class: str = "files.stored",
) -> UUID:
    """Keep content about `subject`, a piece at a time; returns the file, which belongs to nothing yet.

    Called outside any scope, as uploads are. Raises NotAccepted (too many), StorageFull, StorageUnavailable.
    """
    if open_scope_or_none() is not None:
        raise ScopeError("Content is stored outside any scope: the storage may be another machine.")
    vault.note(organisation)
    file = recording.begin_file(
        actor,
        organisation=organisation,
        size=size,
        name=name,
        subject=subject,
        retention_class=retention_class,
        is_table=False,
    )
    held = held_upload(actor, organisation=organisation, file=file)
    kept, key = uuid7(), new_key()
    vault.write(organisation, kept, seal_stream(content, key=key, key_id=held.row.key_id, place=content_place(file)))
    recording.finish_file(
        actor,
        organisation=organisation,
        file=file,
        content=kept,
        content_key=b64encode(key).decode(),
        size=size,
        media_type=media_type,
        facts={},
    )
    return file
