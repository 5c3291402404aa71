"""Exported roots show what nothing in the database can: entries and seals rewritten together, or the end dropped."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from commonweal.foundations.audit.leaves import leaf_of
from commonweal.foundations.audit.merkle import NOTHING, find_root
from commonweal.foundations.audit.roots import (
    BadRoots,
    Published,
    export_roots,
    public_key_of,
    read_roots,
    signing_key,
    signing_key_path,
)
from commonweal.foundations.audit.sealing import link_of
from commonweal.foundations.audit.statements import HEADER
from commonweal.foundations.audit.tests.conftest import Log

KEY = Ed25519PrivateKey.generate()
PUBLIC = public_key_of(KEY)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestAgainstTheLog:
    def test_an_entry_rewritten_with_every_seal_after_it(self, log: Log) -> None:
        exported = _export()
        log.tamper("update audit_entry set action = 'nothing.happened' where id = %s", log.ids()[7])
        _seal_anew(log)

        assert log.findings() == []
        (finding,) = log.report(exported).findings
        assert finding.batch == 2
        assert "it, or one before it, was rewritten" in finding.sentence

    def test_the_end_dropped(self, log: Log) -> None:
        exported = _export()
        last = exported[-1].number
        log.tamper(
            "delete from audit_entry where id in (select unnest(entries) from audit_seal where number = %s)", last
        )
        log.tamper("delete from audit_seal where number = %s", last)

        assert log.findings() == []
        (finding,) = log.report(exported).findings
        assert finding.sentence == f"Batch {last}, which was exported, is missing, and all after it."

    def test_everything_dropped(self, log: Log) -> None:
        exported = _export()
        log.tamper("truncate audit_entry, audit_seal")
        assert log.report(exported).findings[0].sentence.startswith("Batch 1, which was exported, is missing")

    def test_what_was_sealed_since_is_no_fault(self, log: Log) -> None:
        exported = _export()
        log.write("Highways", "Libraries")
        log.seal()
        assert log.report(exported).findings == []


@pytest.mark.django_db
class TestTheFile:
    def test_of_an_empty_log(self) -> None:
        assert read_roots(export_roots(KEY), trusted=PUBLIC) == []

    def test_changed_after_the_export(self) -> None:
        document = json.loads(export_roots(KEY))
        document["roots"] = [[1, 1, "2026-11-22T09:00:00+00:00", "00" * 32]]
        with pytest.raises(BadRoots, match="signature is wrong"):
            read_roots(json.dumps(document), trusted=PUBLIC)

    def test_signed_by_somebody_else(self) -> None:
        text = export_roots(Ed25519PrivateKey.generate())
        with pytest.raises(BadRoots, match="It was signed with the key"):
            read_roots(text, trusted=PUBLIC)

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"signature": "AA", "format": "x"}', "\x00"])
    def test_that_is_none(self, text: str) -> None:
        with pytest.raises(BadRoots):
            read_roots(text, trusted=PUBLIC)


def test_the_key_is_made_once_beside_the_keyring_for_its_owner_only(tmp_path: Path) -> None:
    with override_settings(KEYRING=tmp_path / "keyring" / "keyring.json"):
        assert public_key_of(signing_key()) == public_key_of(signing_key())
        assert signing_key_path().parent == tmp_path / "keyring"
        assert signing_key_path().stat().st_mode & 0o777 == 0o600


def _export() -> tuple[Published, ...]:
    return tuple(read_roots(export_roots(KEY), trusted=PUBLIC))


def _seal_anew(log: Log) -> None:
    """Make every seal fit the entries as they are now, as somebody would who knows how seals are made."""
    previous, lines = NOTHING, log.lines()
    for *columns, entries in log.ask(f"select {HEADER}, entries from audit_seal order by number"):
        leaves = [leaf_of(position, lines[entry]) for position, entry in enumerate(entries)]
        header = replace(link_of(tuple(columns)).header, previous=previous, tree=find_root(leaves))
        previous = header.find_root()
        log.tamper(
            "update audit_seal set previous = %s, tree = %s, root = %s, leaves = %s where number = %s",
            header.previous,
            header.tree,
            previous,
            b"".join(leaves),
            header.number,
        )
