"""Letters are tagged PDFs that tell nothing beside what stands in them, the same on every machine."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from commonweal.foundations.documents.letters import Letter, letter
from commonweal.foundations.documents.typesetting import NotPrintable
from commonweal.frontends.cli.installation import ROOT

LETTER = Letter(
    organisation="Leeds City Council",
    address=("Siân Davies", "14 Mill Lane", "Leeds", "LS99 1AA"),
    reference="LEE-1234-X",
    on=date(2026, 11, 22),
    title="Your report about a missed bin",
    body="Dear Siân,\n\nWe **collected** it.\n\n## What next\n\n- nothing\n- [our page](https://leeds.example/bins)",
    contact=("Leeds City Council, Merrion House", "0113 496 0000"),
)


def reader(content: Letter) -> PdfReader:
    return PdfReader(BytesIO(letter(content)))


def root(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"].get_object()


def text_of(content: Letter) -> str:
    return "\n".join(page.extract_text() for page in reader(content).pages)


def tags(element: Any) -> list[str]:
    """The structure elements below one, in reading order."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [tag for each in element for tag in tags(each)]
    if not isinstance(element, DictionaryObject):
        return []
    own = [str(element["/S"])] if "/S" in element else []
    return own + tags(element.get("/K", []))


class TestAccessible:
    def test_it_says_that_it_is_pdf_ua_and_pdf_a(self) -> None:
        said = root(reader(LETTER))["/Metadata"].get_object().get_data().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in said
        assert "<pdfaid:part>2</pdfaid:part>" in said
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in said

    def test_tags_language_and_title(self) -> None:
        top = root(reader(LETTER))
        assert top["/MarkInfo"].get_object()["/Marked"]
        assert top["/Lang"] == "en-GB"
        assert top["/ViewerPreferences"].get_object()["/DisplayDocTitle"]

    def test_the_order_of_what_is_read(self) -> None:
        found = [tag for tag in tags(root(reader(LETTER))["/StructTreeRoot"]) if tag != "/Span"]
        assert found == [
            "/Document", "/P", "/P", "/P", "/H1", "/P", "/P", "/Strong", "/H2",
            "/L", "/LI", "/Lbl", "/LBody", "/LI", "/Lbl", "/LBody", "/Link", "/H2", "/P",
        ]  # fmt: skip

    def test_every_font_is_inside(self) -> None:
        page: Any = reader(LETTER).pages[0]
        fonts = page["/Resources"].get_object()["/Font"].get_object().values()
        assert fonts
        for font in fonts:
            descendant = font.get_object()["/DescendantFonts"].get_object()[0].get_object()
            assert {"/FontFile3", "/FontFile2"} & descendant["/FontDescriptor"].get_object().keys()

    def test_large_print_is_larger(self) -> None:
        long = replace(LETTER, body="We collected your bin on Monday. " * 60)
        sizes = {is_large: _sizes(replace(long, is_large_print=is_large)) for is_large in (False, True)}
        assert min(sizes[True]) >= 12
        assert max(sizes[True]) > max(sizes[False])
        assert 18 in sizes[True]
        assert len(reader(replace(long, is_large_print=True)).pages) > len(reader(long).pages)


def _sizes(content: Letter) -> set[int]:
    found: set[int] = set()
    for page in reader(content).pages:
        page.extract_text(
            visitor_text=lambda _text, _cm, _tm, _font, size: found.add(round(size)) if _text.strip() else None
        )
    return found


class TestWhatStandsInIt:
    def test_english(self) -> None:
        text = text_of(LETTER)
        for words in ("Siân Davies", "22 November 2026", "Our reference: LEE-1234-X", "What next", "Page 1 of 1"):
            assert words in text
        assert "**" not in text

    def test_welsh(self) -> None:
        welsh = replace(LETTER, language="cy", title="Eich adroddiad", body="Ŵyl y tŷ, ŷd a dŵr.")
        text = text_of(welsh)
        for words in ("22 Tachwedd 2026", "Ein cyfeirnod", "Ŵyl y tŷ, ŷd a dŵr.", "Tudalen 1 o 1"):
            assert words in text
        assert root(reader(welsh))["/Lang"] == "cy-GB"

    def test_pages_are_counted(self) -> None:
        text = text_of(replace(LETTER, body="We collected your bin on Monday.\n\n" * 80))
        assert "Page 2 of 3" in text


class TestNothingBeside:
    def test_no_personal_data_in_the_metadata(self) -> None:
        pdf = reader(LETTER)
        metadata = str(pdf.metadata) + root(pdf)["/Metadata"].get_object().get_data().decode()
        assert "Your report about a missed bin" in metadata
        for told in ("Siân", "Davies", "Mill Lane", "LS99", "LEE-1234"):
            assert told not in metadata

    @pytest.mark.parametrize(
        "words",
        [
            '#panic("x")', "#read(\"/etc/passwd\")", '#import "@preview/tablex:0.0.8": *', "$ sum_1^2 $", "#sys.inputs",
            "@reference <label>", "\\u{41}", "// comment", "/* comment */", "= Heading", "`code`", "#(1+1)",
            "'\"}, {\"kind\": \"strong\"", "]#[", "~--", "https://leeds.example/typed",
        ],
    )  # fmt: skip
    def test_no_word_is_an_instruction(self, words: str) -> None:
        text = text_of(replace(LETTER, address=(words,), reference=words, body=f"So: {words} end"))
        assert text.count(words) == 3

    @given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=60))
    @example("#set page(width: 1mm)")
    @settings(max_examples=40)
    def test_whatever_is_typed_makes_a_letter(self, words: str) -> None:
        assert letter(replace(LETTER, body=words, address=(words,), reference=words)).startswith(b"%PDF-")

    def test_letters_that_hide_or_turn_are_left_out(self) -> None:
        assert "Siân Davies" in text_of(replace(LETTER, address=("Siân\u202e\u200b Davies\x00",)))

    def test_what_no_font_has_is_shown_by_a_mark(self) -> None:
        """Whoever has such a name gets a letter all the same, and one letter too odd keeps no decision back."""
        text = text_of(replace(LETTER, address=("王小明", "14 Mill Lane"), body="Dear 王小明,\n\nWe collected it 😀."))
        assert "???\n14 Mill Lane" in text
        assert "Dear ???," in text
        assert "We collected it ?." in text

    def test_what_cannot_be_set_is_told_without_saying_what(self) -> None:
        with pytest.raises(NotPrintable) as refusal:
            letter(replace(LETTER, body="secreta" + "a" * 40_000))
        assert "secret" not in str(refusal.value)


def test_the_same_letter_gives_the_same_bytes_in_every_process() -> None:
    """A second process begins with nothing remembered."""
    program = (
        "import sys, django; django.setup()\n"
        "from commonweal.foundations.documents.letters import letter\n"
        "from commonweal.foundations.documents.tests.test_letters import LETTER\n"
        "sys.stdout.buffer.write(letter(LETTER))"
    )
    command = [sys.executable, "-c", program]
    other = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 a constant
    assert other.stdout == letter(LETTER)
    assert letter(replace(LETTER, on=date(2026, 11, 23))) != letter(LETTER)
