"""A service that asks for photos and papers, and files sent to it as a browser would."""

from pathlib import Path
from uuid import UUID

from commonweal.capabilities.forms.actions.attaching import Given, give_file
from commonweal.capabilities.forms.tests.asked import MISSED_COLLECTION
from commonweal.foundations.files import forgetting, uploading
from commonweal.foundations.scope.actors import DraftHolder

NAME = "missed_collection"
PAGE = "proof"
_PROOF = (Path(__file__).parent / "proof.yaml").read_text()
WITH_FILES = MISSED_COLLECTION.replace("  - key: contact\n", f"{_PROOF}  - key: contact\n", 1)


def send(
    holder: DraftHolder, organisation: int, content: bytes, name: str = "bin.jpg", *, question: str = "photos"
) -> tuple[UUID, Given]:
    """Upload a file and give it to a question."""
    file = uploading.begin(holder, organisation=organisation, size=len(content), name=name, subject=holder.draft)
    uploading.append(holder, organisation=organisation, upload=file, offset=0, data=content)
    digest = uploading.digest_of(holder, organisation=organisation, upload=file)
    uploading.finish(holder, organisation=organisation, upload=file)
    given = give_file(
        holder, organisation=organisation, service=NAME, page=PAGE, question=question, file=file, digest=digest
    )
    if not given.is_kept:
        forgetting.forget(holder, organisation=organisation, file=file)
    return file, given
