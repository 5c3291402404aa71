"""Files as a page shows them: what was given already, and the field that takes more."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from markupsafe import Markup

from commonweal.capabilities.catalogue.queries.questions import Question
from commonweal.foundations.files.kinds import IMAGES, Kind
from commonweal.foundations.files.opening import FileRow

_PICTURES = ".heic,.heif,.jpeg,.jpg,.png,.webp,image/*"
_DOCUMENTS = ".docx,.odt,.pdf,.xlsx"


@dataclass(frozen=True)
class GivenRow:
    """A file on a page: its name, what it is and how large, and where it is opened."""

    id: UUID
    name: str
    details: str
    href: str


@dataclass(frozen=True)
class FileUpload:
    """What a question with files needs besides its field: the written lists of those given, by question.

    `address` is where they travel to in stretches, from the page.
    """

    given: Mapping[str, str]
    address: str = "../files/"

    @property
    def most_bytes(self) -> int:
        return int(settings.FILES_MOST_BYTES)

    @property
    def words(self) -> str:
        return json.dumps(words_of_uploading())


def rows_of_files(files: Iterable[FileRow], address: str) -> tuple[GivenRow, ...]:
    """Files as rows; each is opened at `address` followed by its id."""
    return tuple(GivenRow(file.id, file.name, details_of(file), f"{address}{file.id}/") for file in files)


def details_of(file: FileRow) -> str:
    """What a file is and how large, in words."""
    kind = next((kind for kind in Kind if kind.media_type == file.media_type), None)
    size = filesizeformat(file.size)
    if kind is None:
        return size
    what = _("Photo") if kind in IMAGES else kind.ending.upper()
    return f"{what}, {size}"


ACCEPTS_ALL = f"{_DOCUMENTS},.csv,.txt,{_PICTURES}"


def accepts_of(question: Question) -> str:
    """What a browser offers to choose from: a help, never a check."""
    accepted = frozenset(question.accepts)
    if not accepted:
        return ACCEPTS_ALL
    return ",".join(part for each, part in (("document", _DOCUMENTS), ("photo", _PICTURES)) if each in accepted)


def write_given(question: str, rows: Iterable[GivenRow]) -> str:
    """The list of files given to a question, each with a button that removes it, as HTML."""
    html = render_to_string("asking/given_files.html", {"question": question, "rows": tuple(rows)})
    return Markup(html)  # noqa: S704 (our own template)


def words_of_uploading() -> Mapping[str, str]:
    """What the browser's script says while files travel; names and numbers stand in braces."""
    return {
        "uploading": _("Uploading {name}: {percent}%"),
        "checking": _("Checking {name}"),
        "done": _("{name} was added"),
        "paused": _("The connection was lost. {name} goes on uploading when it is back."),
        "cancelled": _("{name} was not added"),
        "wait": _("Wait until the files are uploaded, or cancel them, then continue."),
        "large": _("{name} is larger than {most} MB. Make it smaller, or send it in parts."),
        "failed": _("{name} could not be uploaded. Choose it again."),
        "cancel": _("Cancel"),
        "cancel_name": _("Cancel {name}"),
        "progress": _("How much of {name} is uploaded"),
    }
