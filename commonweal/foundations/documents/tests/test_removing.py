"""Redaction makes text anew; what was removed is found in nothing that is released (data-protection.md section 2)."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commonweal.foundations.documents.redaction.removals import Removals, folded
from commonweal.foundations.documents.redaction.searching import search_file
from commonweal.foundations.documents.redaction.texts import redacted

DAI = Removals(["Dai Evans", "Dai", "Evans", "dai@people.example", "01632 960 001", "3 Park Row"])
names = st.text("abcdeilnorstuwyÂéŵ'-", min_size=2, max_size=12).filter(lambda name: len(folded(name)) >= 2)
written = st.text("abcdeilnorst .,-’'\nEVD\u00ad", max_size=60)


@pytest.mark.parametrize(
    "text",
    [
        "I met DAI EVANS",
        "dai\nevans",
        "Ev-\nans was there",
        "E\u00advans",
        "Évans",
        "Evans’s car",
        "Ev\u02bcans",
        "Evans\u02bcs car",
        "the Evans' car",
        "Dais car",
        "D a i",
        "seen by DaiEvans2",
        "mr.evans",
        "call (01632) 960-001",
        "٠١٦٣٢ ٩٦٠٠٠١",
        "write to dai @ people . example",
        "of 3, PARK  ROW",
    ],
)
def test_it_is_found_however_it_is_written(text: str) -> None:
    assert DAI.found_in(text)
    assert not DAI.found_in(redacted(text, DAI, word="removed"))


@pytest.mark.parametrize("text", ["daily", "Evansville", "13 Park", "0163", "the people"])
def test_other_words_are_left_alone(text: str) -> None:
    assert redacted(text, DAI, word="removed") == text


def test_ligatures_hide_nothing() -> None:
    assert redacted("Mrs Gri\ufb03th", Removals(["Griffith"]), word="removed") == "Mrs [removed]"


def test_a_name_that_is_a_word_is_found_with_a_capital() -> None:
    said = redacted("Will will come", Removals(["Will"]), word="removed")
    assert said == "[removed] will come"


@pytest.mark.parametrize("text", ["on 12 May 2026 she rang", "1 June 2026", "Mai is 3 Mai 2026"])
def test_a_month_of_a_date_is_nobody(text: str) -> None:
    """A pack has dates on every page: whoever is called May must not make one impossible."""
    removals = Removals(["May", "June", "Mai"])
    assert redacted(text, removals, word="removed") == text.replace("Mai is", "[removed] is")


@pytest.mark.parametrize("text", ["flat 12 May Harris", "at 12 May", "May 2026", "512 May 2026"])
def test_a_name_beside_a_number_is_found(text: str) -> None:
    assert Removals(["May"]).found_in(text) == ("May",)


def test_what_stands_around_stays_as_it_was() -> None:
    assert redacted("I met Dai Evans, twice.", DAI, word="removed") == "I met [removed], twice."
    assert redacted("Dai and Dai, and Dai", DAI, word="removed") == "[removed] and [removed], and [removed]"


@given(written, st.lists(names, min_size=1, max_size=4), st.lists(st.integers(0, 60), max_size=4))
def test_after_removing_nothing_is_found_and_removing_again_changes_nothing(
    text: str, strings: list[str], places: list[int]
) -> None:
    for string, place in zip(strings, places, strict=False):
        text = f"{text[:place]} {string.upper()} {text[place:]}"
    removals = Removals(strings)
    once = redacted(text, removals, word="removed")
    assert not removals.found_in(once)
    assert redacted(once, removals, word="removed") == once


@given(names, written)
def test_whatever_is_planted_as_a_word_is_found(name: str, around: str) -> None:
    assume(name[0].isalnum() and name[-1].isalnum())
    removals = Removals([name])
    assert removals.found_in(f"{around} {name.title()}, {around}")


class TestTheGate:
    """The released file is re-parsed and searched for every removed string before release."""

    def test_a_cell_of_a_csv(self, tmp_path: Path) -> None:
        file = tmp_path / "notes.csv"
        file.write_text('text,more\n"met ""Dai""\nEv-\nans",x\n', newline="")
        assert set(search_file(file, DAI)) == {"Dai Evans"}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("ending", ["csv", "txt"])
    def test_whatever_program_wrote_it(self, tmp_path: Path, ending: str, encoding: str) -> None:
        file = tmp_path / f"notes.{ending}"
        file.write_text("José;met Siân\n" * 9_000, encoding=encoding)
        assert search_file(file, Removals(["Siân"])) == ("Siân",)

    def test_two_cells_are_not_one_string(self, tmp_path: Path) -> None:
        file = tmp_path / "notes.csv"
        file.write_text("3 Park,Row\n", newline="")
        assert search_file(file, DAI) == ()

    @pytest.mark.parametrize("padding", [0, 1 << 16])
    def test_a_string_of_a_json_with_its_escapes(self, tmp_path: Path, padding: int) -> None:
        file = tmp_path / "notes.json"
        file.write_text(json.dumps([{"pad": "x" * (padding - 30)}, {"text": "Ev-\nans “\\n” é"}]))
        assert search_file(file, DAI) == ("Evans",)

    def test_a_clean_file_passes(self, tmp_path: Path) -> None:
        file = tmp_path / "notes.json"
        file.write_text(json.dumps([{"text": redacted("Dai Evans, 01632960001", DAI, word="removed")}]))
        assert search_file(file, DAI) == ()

    @pytest.mark.parametrize(
        ("part", "xml"),
        [
            ("word/document.xml", "<w:p><w:r><w:t>met D</w:t></w:r><w:r><w:t>ai Ev</w:t></w:r><w:t>ans</w:t></w:p>"),
            ("xl/sharedStrings.xml", "<sst><si><t>Bin</t></si><si><t>Dai Evans</t></si></sst>"),
            ("xl/workbook.xml", '<sheets><sheet name="Dai Evans" state="hidden"/></sheets>'),
            ("docProps/core.xml", "<cp:a><dc:creator>Dai Evans</dc:creator></cp:a>"),
        ],
    )
    def test_an_office_file_whichever_part_it_stands_in(self, tmp_path: Path, part: str, xml: str) -> None:
        file = tmp_path / "report.docx"
        with ZipFile(file, "w") as archive:
            archive.writestr(part, xml)
        assert "Dai Evans" in search_file(file, DAI)

    def test_two_cells_of_a_sheet_are_not_one_string(self, tmp_path: Path) -> None:
        file = tmp_path / "report.xlsx"
        with ZipFile(file, "w") as archive:
            archive.writestr("xl/sharedStrings.xml", "<sst><si><t>3 Park</t></si><si><t>Row</t></si></sst>")
        assert search_file(file, DAI) == ()
