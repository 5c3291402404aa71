"""A service that asks for photos and papers, and files sent to it as a browser would."""

from io import BytesIO
from uuid import UUID

from PIL import Image

from commonweal.capabilities.forms.actions.attaching import Given, give_file
from commonweal.capabilities.forms.tests.asked import MISSED_COLLECTION
from commonweal.foundations.files import forgetting, uploading
from commonweal.foundations.scope.actors import DraftHolder

NAME = "missed_collection"
PAGE = "proof"
_PROOF = """\
  - key: proof
    title: {en: Show us, cy: Dangoswch i ni}
    questions:
      - key: photos
        type: file
        label: {en: Photos of the bin, cy: Lluniau o'r bin}
        called: {en: Photos of the bin, cy: Lluniau o'r bin}
        hint: {en: Take them from the street., cy: Tynnwch nhw o'r stryd.}
        if_missing: {en: Add a photo of the bin, cy: Ychwanegwch lun o'r bin}
        accepts: [photo]
        at_least: 1
        at_most: 3
        holds: free_text
        why: {en: to see what was missed, cy: i weld beth a fethwyd}
      - key: papers
        type: file
        label: {en: Letters from us, cy: Llythyrau gennym ni}
        called: {en: Letters from us, cy: Llythyrau gennym ni}
        is_optional: true
        accepts: [document]
        opened_by: [team_manager]
        holds: free_text
        why: {en: to see what we wrote, cy: i weld beth a ysgrifennwyd gennym}
      - key: more
        type: text
        label: {en: Anything else, cy: Unrhyw beth arall}
        called: {en: Anything else, cy: Unrhyw beth arall}
        is_optional: true
        max_length: 20
        holds: answer
        why: {en: to help us, cy: i'n helpu}
"""
WITH_FILES = MISSED_COLLECTION.replace("  - key: contact\n", f"{_PROOF}  - key: contact\n", 1)


def photo(colour: str = "green", **saved: object) -> bytes:
    """A photo of one colour."""
    written = BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, "JPEG", **saved)
    return written.getvalue()


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
