"""What a file is, is told by its content; what would harm is refused with a sentence; photos keep only the picture."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.files import archives
from commonweal.foundations.files.errors import NotAccepted
from commonweal.foundations.files.examining import examine
from commonweal.foundations.files.kinds import Kind
from commonweal.foundations.files.tests import made


def reason_of(content: bytes) -> str:
    with pytest.raises(NotAccepted) as refusal:
        examine(content)
    assert str(refusal.value.message).endswith(".")
    return refusal.value.reason


class TestKinds:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (made.PDF, Kind.PDF),
            (made.photo("JPEG"), Kind.JPEG),
            (made.photo("PNG"), Kind.PNG),
            (made.photo("WEBP"), Kind.WEBP),
            (made.HEIC, Kind.JPEG),
            (made.docx(), Kind.DOCX),
            (made.xlsx(), Kind.XLSX),
            (made.odt(), Kind.ODT),
            (b"Left by the gate.\n", Kind.TEXT),
            ("Siân’s bin".encode(), Kind.TEXT),
            ("Siân".encode("cp1252"), Kind.TEXT),
            ("Siân".encode("utf-16"), Kind.TEXT),
        ],
    )
    def test_told_by_content(self, content: bytes, kind: Kind) -> None:
        assert examine(content).kind is kind

    def test_a_table_is_text_that_is_meant_as_one(self) -> None:
        assert examine(b"a,b\n1,-2\n", is_table=True).facts == {"has_formulas": False}
        assert examine(b'a,b\n1,"=HYPERLINK(1)"\n', is_table=True).facts == {"has_formulas": True}
        assert examine(made.PDF, is_table=True).kind is Kind.PDF

    @pytest.mark.parametrize(
        "content",
        [
            b"MZ\x90\x00" + bytes(60),
            b"\x7fELF" + bytes(60),
            b"GIF89a" + bytes(60),
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"  <!DOCTYPE html><script>alert(1)</script>",
            b"\xef\xbb\xbf<html>",
            b"<?xml version='1.0'?><a/>",
            b"#!/bin/sh\nrm -r .",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            made.archive({"notes.txt": "a"}),
            made.archive({"mimetype": "application/epub+zip"}),
        ],
    )
    def test_others_are_not_taken(self, content: bytes) -> None:
        assert reason_of(content) == "type"

    def test_nothing(self) -> None:
        assert reason_of(b"") == "empty"

    @given(st.binary(min_size=1, max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff"]))
    def test_whatever_comes_is_taken_or_refused(self, content: bytes, head: bytes) -> None:
        with suppress(NotAccepted):
            assert examine(head + content).content


class TestTwoInOne:
    @pytest.mark.parametrize(
        "content",
        [
            made.photo() + made.docx(),
            made.photo("PNG") + made.archive({"a.class": b"x"}),
            made.PDF + made.archive({"a.txt": "x"}),
            made.PDF.replace(b"1 0 obj", b"<script>alert(1)</script> 1 0 obj"),
            b"\xff\xd8\xff\xe0 %PDF-1.4 " + made.photo()[4:],
        ],
    )
    def test_refused(self, content: bytes) -> None:
        assert reason_of(content) == "polyglot"

    @pytest.mark.parametrize(
        "content", [made.docx() + b"tail", made.docx()[:4] + b"junk" + made.docx(), made.docx() + made.docx()]
    )
    def test_nothing_is_hidden_beside_the_entries_of_an_archive(self, content: bytes) -> None:
        assert reason_of(content) == "archive"

    def test_a_pdf_begins_with_its_mark(self) -> None:
        assert reason_of(b"\x00\x00" + made.PDF) == "type"


class TestArchives:
    @pytest.mark.parametrize(
        ("content", "fact"),
        [
            (made.docx(**{"word/vbaProject__bin": b"x"}), "has_macros"),
            (made.odt(**{"Basic/Standard/script.xml": "x"}), "has_macros"),
            (made.xlsx(made.HIDDEN), "has_hidden_sheets"),
            (made.docx(**{"word/_rels/settings__xml__rels": made.RELATED}), "has_links_outside"),
            (made.docx(**{"word/embeddings/a__bin": b"x"}), "has_embedded"),
        ],
    )
    def test_facts(self, content: bytes, fact: str) -> None:
        assert [name for name, is_so in examine(content).facts.items() if is_so] == [fact]

    def test_a_plain_one_has_none(self) -> None:
        for content in (made.docx(), made.xlsx(), made.odt()):
            assert not any(examine(content).facts.values())

    def test_a_bomb(self) -> None:
        assert reason_of(made.docx(bomb=bytes(30_000_000))) == "archive"

    def test_too_many_entries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archives, "MOST_ENTRIES", 5)
        assert reason_of(made.docx(**{f"a{number}": "x" for number in range(6)})) == "archive"

    def test_it_is_not_believed_how_large_an_entry_says_it_is(self) -> None:
        content = bytearray(made.docx(bomb=bytes(5_000_000)))
        size = struct.pack("<I", 5_000_000)
        at = content.find(size)
        while at >= 0:
            content[at : at + 4] = struct.pack("<I", 10)
            at = content.find(size, at)
        assert reason_of(bytes(content)) == "archive"

    def test_entities_are_not_expanded(self) -> None:
        laughs = '<!DOCTYPE a [<!ENTITY b "&c;"><!ENTITY c SYSTEM "file:///etc/passwd">]><Types>&b;</Types>'
        assert reason_of(made.archive({"[Content_Types].xml": laughs})) == "archive"

    @pytest.mark.parametrize("name", ["../evil.xml", "/evil.xml", "word\\..\\..\\evil"])
    def test_entries_that_climb(self, name: str) -> None:
        assert reason_of(made.docx(**{name: "x"})) == "archive"

    def test_a_locked_one(self) -> None:
        content = bytearray(made.docx())
        content[content.rfind(b"PK\x01\x02") + 8] |= 1
        assert reason_of(bytes(content)) == "archive"

    def test_one_with_macros_by_its_own_account_is_of_no_kind_that_is_taken(self) -> None:
        types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
        assert reason_of(made.archive({"[Content_Types].xml": types})) == "type"


def test_what_a_pdf_would_do_is_told() -> None:
    facts = examine(made.PDF.replace(b"/Type", b"/OpenAction 2 0 R /Encrypt 3 0 R /Type")).facts
    assert facts == {"has_scripts": True, "has_embedded": False, "is_locked": True}
    assert not any(examine(made.PDF).facts.values())
    assert reason_of(b"%PDF-1.7\nand then nothing") == "damaged"
