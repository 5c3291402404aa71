"""Redaction re-renders PDF, never an overlay: what was removed is in no part of the bytes (data-protection.md 2)."""

import zlib
from contextlib import nullcontext
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject

from commonweal.foundations.documents.letters import Letter, letter
from commonweal.foundations.documents.redaction import searching
from commonweal.foundations.documents.redaction.pages import (
    Redacted,
    TooManyPages,
    Wording,
    redact_pdf,
    without_metadata,
)
from commonweal.foundations.documents.redaction.pdfium import NotOpened
from commonweal.foundations.documents.redaction.removals import Removals, folded
from commonweal.foundations.documents.redaction.searching import search_file

DAI = Removals(["Dai Evans", "Dai", "Evans", "01632 960 001"])
WORDING = Wording(
    title="A letter",
    word="removed",
    page="Page %(number)d of %(count)d",
    text_of_page="What page %(number)d says",
    left_out="The picture of this page is left out.",
)


def written(body: str) -> bytes:
    return letter(
        Letter(
            organisation="Leeds City Council",
            address=("Siân Davies",),
            reference="LEE-1234-X",
            on=date(2026, 11, 22),
            title="Your report",
            body=body,
        )
    )


def anew(data: bytes, removals: Removals = DAI) -> Redacted:
    return redact_pdf(data, removals, wording=WORDING, on=date(2026, 11, 23), own_fonts=None)


def streams_of(data: bytes) -> str:
    """Every stream of a PDF, decompressed, by another library than the one that made it."""
    found = []
    for number in range(1, len(PdfReader(BytesIO(data)).xref_objStm) + len(PdfReader(BytesIO(data)).xref[0]) + 1):
        thing = PdfReader(BytesIO(data)).get_object(number)
        if isinstance(thing, StreamObject) and thing.get("/Subtype") != "/Image":
            found.append(thing.get_data().decode("latin-1"))
    return "\n".join(found)


def test_the_text_is_real_and_the_strings_are_gone_from_every_part(tmp_path: Path) -> None:
    made = anew(written("We spoke to Dai Evans on 01632 960 001 about the bin."))
    reader = PdfReader(BytesIO(made.content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "We spoke to [removed] on [removed] about the bin." in " ".join(text.split())
    assert not DAI.found_in(text)
    assert not Removals(["Dai Evans", "01632 960 001"]).found_in(streams_of(made.content))
    assert made.left_out == ()
    (tmp_path / "made.pdf").write_bytes(made.content)
    assert search_file(tmp_path / "made.pdf", DAI) == ()


def test_the_place_is_painted_in_the_picture_itself() -> None:
    def dark(data: bytes) -> int:
        pictures = [file.data for page in PdfReader(BytesIO(data)).pages for file in page.images]
        image = Image.open(BytesIO(pictures[0])).convert("L")
        return sum(image.histogram()[:16])

    body = "Here stands the name of Dai Evans in a letter."
    assert dark(anew(written(body)).content) > dark(anew(written(body), Removals(["nobody here"])).content) + 500


@pytest.mark.parametrize(("many", "is_searched"), [(1, True), (9, False)])
def test_streams_that_say_more_than_anybody_writes_are_not_searched_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int, is_searched: bool
) -> None:
    """One upload may unfold to some gigabytes of words: then the pack says that it cannot be made."""
    monkeypatch.setattr(searching, "_MOST_STREAM", 10_000)
    monkeypatch.setattr(searching, "_MOST_TEXT", 80_000)
    unfolding = b"stream\n%bendstream\n" % zlib.compress(b"So many words. " * 10_000)
    path = tmp_path / "many.pdf"
    path.write_bytes(written("Nothing to hide.") + unfolding * many)
    with nullcontext() if is_searched else pytest.raises(NotOpened):
        assert search_file(path, DAI) == ()


def test_metadata_notes_and_attachments_do_not_survive(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=BytesIO(written("Nothing to hide.")))
    writer.add_metadata({"/Author": "Dai Evans", "/Title": "About Evans"})
    writer.add_attachment("dai-evans.txt", b"Dai Evans")
    kept = BytesIO()
    writer.write(kept)
    path = tmp_path / "first.pdf"
    path.write_bytes(kept.getvalue())
    assert search_file(path, DAI)
    for content in (anew(kept.getvalue()).content, without_metadata(kept.getvalue())):
        path.write_bytes(content)
        assert search_file(path, DAI) == ()
        assert not PdfReader(BytesIO(content)).attachments


def test_a_page_that_is_a_picture_is_left_out_and_said_so() -> None:
    scanned = BytesIO()
    Image.new("RGB", (400, 600), "white").save(scanned, "PDF")
    made = anew(scanned.getvalue())
    assert made.left_out == (1,)
    reader = PdfReader(BytesIO(made.content))
    assert "The picture of this page is left out." in reader.pages[0].extract_text()
    assert not reader.pages[0].images


def test_what_cannot_be_opened_or_is_too_long_is_refused() -> None:
    with pytest.raises(NotOpened):
        anew(b"%PDF-1.7 damaged")
    long = pdfium.PdfDocument.new()
    for _page in range(201):
        long.new_page(100, 100)
    data = BytesIO()
    long.save(data)
    with pytest.raises(TooManyPages):
        anew(data.getvalue())


@settings(max_examples=15)
@given(
    st.lists(st.sampled_from(["bin", "Gwen", "O'Neill", "Siân", "Griffith", "collected"]), min_size=3, max_size=40),
    st.sampled_from(["Gwen", "O'Neill", "Siân", "Griffith"]),
)
def test_whatever_the_words_no_removed_string_is_left(words: list[str], name: str) -> None:
    removals = Removals([name])
    made = anew(written(" ".join([*words, name])), removals)
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages)
    assert not removals.found_in(text)
    assert folded("removed") in folded(text)
