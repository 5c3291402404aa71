"""A pack is put together of what was gathered, opened again, and searched for what was removed, before it is kept.

It happens outside any reading: the files of a pack come out only once the trace of their opening is committed.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.utils.translation import gettext, override

from commonweal.capabilities.protection.errors import StillThere
from commonweal.capabilities.protection.models import ItemDecision, ItemKind
from commonweal.capabilities.protection.queries.openings import OpeningRow
from commonweal.capabilities.protection.queries.packs.gathered import Contents, Given, of_others, told
from commonweal.capabilities.protection.queries.packs.reading_copy import reading_copy
from commonweal.foundations.clocks.now import now, today
from commonweal.foundations.documents.redaction.pages import Wording, redact_pdf, without_metadata
from commonweal.foundations.documents.redaction.pdfium import NotOpened
from commonweal.foundations.documents.redaction.removals import Removals
from commonweal.foundations.documents.redaction.searching import search_file
from commonweal.foundations.documents.redaction.texts import redacted
from commonweal.foundations.exporting.rows import hash_file
from commonweal.foundations.files.kinds import Kind, ending_of
from commonweal.foundations.texts.encodings import decoded

READING_COPY = "your-information.pdf"
MANIFEST = "manifest.json"
_STEP = 1 << 18
_MOST_NAME = 200


@dataclass(frozen=True)
class Written:
    """A finished pack on disk: one archive, with its hash and what is in it."""

    path: Path
    size: int
    sha256: str
    rows: int
    counts: dict[str, int]

    def chunks(self) -> Iterator[bytes]:
        """The archive, a stretch at a time."""
        with self.path.open("rb") as file:
            yield from iter(partial(file.read, _STEP), b"")


@dataclass(frozen=True)
class Gathered(Contents):
    """What a reading gave for a pack; `write` makes it into one archive."""

    def write(self) -> Written:
        """Make the files anew, the reading copy and the manifest, and search all of them again.

        Raises StillThere with the items that still hold something, NotOpened, TooManyPages, StorageUnavailable.
        """
        with override(self.language):
            given = tuple(_made(self, each, place) for place, each in _placed(self.given))
            _write_openings(self.folder / "data", self.openings)
            (self.folder / READING_COPY).write_bytes(reading_copy(self, given))
            (self.folder / MANIFEST).write_text(json.dumps(_manifest(self, given), indent=1, ensure_ascii=False))
        path = _archive(self.folder)
        _search_again(path, self.removals, given)
        return Written(
            path=path,
            size=path.stat().st_size,
            sha256=hash_file(path),
            rows=sum(one.rows for one in self.collected),
            counts={each.value: sum(one.decision == each for one in given) for each in ItemDecision},
        )


def _placed(given: Iterable[Given]) -> Iterator[tuple[int, Given]]:
    """Each item with its number as the person is told it: what is withheld in silence has none."""
    told = 0
    for item in given:
        told += not item.is_silent
        yield told, item


def _made(gathered: Gathered, item: Given, place: int) -> Given:
    """The file of an item as it is given: without metadata, or made anew without some words.

    It ends as its kind does, whatever it was called: by that it is searched again.
    """
    if item.file is None:
        return item
    content = b"".join(item.file.chunks())
    removals = Removals(item.strings)
    if item.decision == ItemDecision.REDACTED and item.file.media_type == Kind.PDF.media_type:
        wording = _wording(gathered, place)
        fonts = Path(settings.FONTS) if settings.FONTS else None
        content = redact_pdf(content, removals, wording=wording, on=today(), own_fonts=fonts).content
    elif item.decision == ItemDecision.REDACTED:
        text = decoded(content)
        if text is None:
            raise NotOpened
        content = redacted(text, removals, word=gathered.word).encode()
    elif item.file.media_type == Kind.PDF.media_type:
        content = without_metadata(content)
    name = _name(redacted(item.file.name, gathered.removals, word=gathered.word), ending_of(item.file.media_type))
    path = gathered.folder / "files" / f"{place}-{name}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return replace(item, path=f"files/{path.name}", sha256=hashlib.sha256(content).hexdigest())


def _name(called: str, ending: str) -> str:
    """The name of a file without folders, no longer than file systems take: they count bytes, not letters."""
    stem = called[: -len(ending) - 1] if called.lower().endswith(f".{ending}") else called
    kept = stem.replace("/", "_").encode()[:_MOST_NAME].decode(errors="ignore")
    return f"{kept}.{ending}".rstrip(".")


def _wording(gathered: Gathered, place: int) -> Wording:
    return Wording(
        title=gettext("File %(number)s, with words removed") % {"number": place},
        word=gathered.word,
        page=gettext("Page %(number)d of %(count)d"),
        text_of_page=gettext("What page %(number)d says"),
        left_out=gettext("The picture of this page is left out: it cannot be searched for what was removed."),
        language=gathered.language,
    )


def _write_openings(folder: Path, openings: Iterable[OpeningRow]) -> None:
    """When their data was opened, as their own page shows it: team or role, never a name."""
    names = ("first", "last", "times", "who", "why", "how", "references")
    rows = [
        (
            row.first.isoformat(),
            row.last.isoformat(),
            row.times,
            row.who,
            "; ".join(row.purposes),
            "; ".join(row.channels),
            "; ".join(row.references),
        )
        for row in openings
    ]
    with (folder / "openings.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
    said = [dict(zip(names, row, strict=True)) for row in rows]
    (folder / "openings.json").write_text(json.dumps(said, indent=1, ensure_ascii=False))


def _manifest(gathered: Gathered, given: tuple[Given, ...]) -> dict[str, Any]:
    return {
        "reference": gathered.reference,
        "organisation": gathered.organisation,
        "made_at": now().isoformat(),
        "plan": gathered.plan,
        "others": of_others(),
        "tables": [
            {"name": one.table.label, "rows": one.rows, "files": one.files} for one in gathered.collected if one.rows
        ],
        "items": [
            {
                "number": number,
                "what": item.kind,
                "table": item.label,
                "field": item.column,
                "case": item.reference,
                "decision": item.decision,
                "exemption": item.exemption,
                "decided_by": gettext("The data protection officer"),
                "file": item.path,
                "sha256": item.sha256,
            }
            for number, item in enumerate(told(given), start=1)
        ],
        "files": {
            str(path.relative_to(gathered.folder)): hash_file(path)
            for path in sorted(gathered.folder.rglob("*"))
            if path.is_file()
        },
    }


def _archive(folder: Path) -> Path:
    """One archive of the folder; it says nothing of the machine, nor when each file was made."""
    path = folder.parent / f"{folder.name}.zip"
    with ZipFile(path, "x", ZIP_DEFLATED) as archive:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = ZipInfo(str(file.relative_to(folder)))
            entry.compress_type = ZIP_DEFLATED
            with file.open("rb") as content, archive.open(entry, "w") as kept:
                for chunk in iter(partial(content.read, _STEP), b""):
                    kept.write(chunk)
    return path


def _search_again(path: Path, removals: Removals, given: Iterable[Given]) -> None:
    """Open the finished archive again and search every file in it. Raises StillThere."""
    by_path = {item.path: item.title for item in given if item.path}
    found = []
    with TemporaryDirectory(dir=path.parent) as folder, ZipFile(path) as archive:
        for name in archive.namelist():
            extracted = Path(archive.extract(name, folder))
            if any(search_file(extracted, removals)):
                found.append(by_path.get(name) or _holding(given, name) or name)
            extracted.unlink()
            found += [name for _one in removals.found_in(name)]
    if found:
        raise StillThere(tuple(dict.fromkeys(found)))


def _holding(given: Iterable[Given], name: str) -> str:
    """Which items of a table could hold it: those of that table that were not redacted of it."""
    label = name.removeprefix("data/").rpartition(".")[0]
    texts = [item.title for item in given if item.kind == ItemKind.TEXT and item.label == label]
    return ", ".join(texts[:5])
