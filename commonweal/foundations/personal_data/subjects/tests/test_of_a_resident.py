"""The plan of people on the tables as they are: Rosa's copy holds all of hers, and her erasure leaves nothing of it."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from commonweal.conftest import SET_UP, Cast, Report
from commonweal.foundations.clocks.now import now
from commonweal.foundations.personal_data.declarations import SubjectKind
from commonweal.foundations.personal_data.keys import destroy
from commonweal.foundations.personal_data.ledger import Line, replay
from commonweal.foundations.personal_data.models import DataKey, Erasure, SearchToken
from commonweal.foundations.personal_data.purposes import OWN_INFORMATION, RIGHTS
from commonweal.foundations.personal_data.reading import reading
from commonweal.foundations.personal_data.subjects.collecting import Collected, Treatment, collect
from commonweal.foundations.personal_data.subjects.erasing import StillNamed, erase
from commonweal.foundations.personal_data.subjects.plan import Outcome, plan_for
from commonweal.foundations.personal_data.subjects.reaching import Gone, records_of
from commonweal.foundations.personal_data.subjects.streaming import AT_ONCE
from commonweal.foundations.personal_data.subjects.telling import stays, tally
from commonweal.foundations.personal_data.subjects.texts import others, texts
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import System
from commonweal.foundations.scope.scopes import read_scope

PERSON = plan_for(SubjectKind.PERSON)
DESK = System(task="tests.rights", purposes=frozenset({RIGHTS.code, OWN_INFORMATION.code}))


@pytest.fixture
def rosa(cast: Cast, report: Report) -> UUID:
    """Rosa reported a missed bin to Leeds, and so did Sam; this is how Leeds keeps Rosa."""
    report(cast.rosa)
    report(cast.sam)
    with read_scope(SET_UP, (cast.leeds,)):
        found = apps.get_model("people", "Person").objects.get(account_id=cast.rosa.account)
    return UUID(str(found.id))


def test_the_copy_holds_what_she_told_and_nothing_of_sam(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    collected = _collect(cast, rosa, tmp_path / "pack")
    assert _rows(collected, "people.person") == _rows(collected, "cases.case") == 1
    (person,) = json.loads((tmp_path / "pack" / "people.person.json").read_text())
    assert (person["name"], person["email"]) == ("Rosa Delgado", "rosa@people.example")
    with (tmp_path / "pack" / "people.person.csv").open() as file:
        (written,) = csv.DictReader(file)
    assert written["name"] == "Rosa Delgado"
    everything = "".join(path.read_text() for path in (tmp_path / "pack").iterdir())
    assert str(rosa) in everything
    assert "By the gate" in everything
    assert str(_person(cast, cast.sam.account)) not in everything


def test_nobody_of_the_staff_and_no_key_stands_in_it(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    columns = {column.name for one in _collect(cast, rosa, tmp_path / "pack") for column in one.columns}
    assert not columns & {"by_id", "assignee_id", "author_id", "taken_by", "content_key", "key_id", "organisation_id"}


def test_more_rows_than_are_held_at_once(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    case, moves = _case(cast, rosa), apps.get_model("cases", "Move")
    with acting(SET_UP, cast.leeds):
        made = [
            moves(organisation_id=cast.leeds, case_id=case, to_stage=f"stage {number}", outcome="", at=now())
            for number in range(2 * AT_ONCE + 1)
        ]
        moves.objects.bulk_create(made)
    _collect(cast, rosa, tmp_path / "pack")
    written = json.loads((tmp_path / "pack" / "cases.move.json").read_text())
    assert {row["id"] for row in written} >= {str(move.id) for move in made}
    assert len({row["id"] for row in written}) == len(written)


def test_the_schema_says_what_each_field_is_and_why(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    _collect(cast, rosa, tmp_path / "pack")
    schema = json.loads((tmp_path / "pack" / "schema.json").read_text())
    email = schema["$defs"]["people.person"]["items"]["properties"]["email"]
    assert (email["type"], email["category"]) == (["string", "null"], "contact")
    assert email["description"] == "to tell them what happened"


def test_a_row_is_withheld_a_text_replaced_and_columns_chosen(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        (answer, *_rest) = [text for text in texts(PERSON, subjects=[rosa]) if text.label == "forms.answer"]
    case = _case(cast, rosa)
    treatment = Treatment(
        withheld=frozenset({("cases.case", case)}), replaced={(answer.label, answer.row, answer.field): "[removed]"}
    )
    collected = _collect(cast, rosa, tmp_path / "one", treatment)
    assert _rows(collected, "cases.case") == 0
    answers = json.loads((tmp_path / "one" / "forms.answer.json").read_text())
    assert next(row["value"] for row in answers if row["id"] == str(answer.row)) == "[removed]"

    portable = Treatment(only=lambda label, column: column.is_from_subject)
    collected = _collect(cast, rosa, tmp_path / "other", portable)
    assert {column.name for one in collected for column in one.columns} == {
        *("name", "email", "phone", "birth_date", "text", "place", "postcode")
    } | {column.name for table in PERSON.tables for column in table.columns if column.is_from_subject}
    assert _rows(collected, "people.person") == 1


def test_texts_are_those_under_a_records_key(cast: Cast, rosa: UUID) -> None:
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        found = list(texts(PERSON, subjects=[rosa]))
        assert list(others(PERSON, subjects=[rosa])) == []
    assert "By the gate" in [text.text for text in found]
    assert {text.subject for text in found} == {rosa}
    assert {text.label for text in found} <= {"forms.answer", "messages.message"}


def test_a_dry_run_tells_the_outcome_of_each_field(cast: Cast, rosa: UUID) -> None:
    gone = _all_of(cast, rosa)
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        assert list(texts(PERSON, subjects=[rosa]))
    with read_scope(SET_UP, (cast.leeds,)):
        told = {(one.label, one.field): one for one in tally(PERSON, gone=gone)}
        assert stays(PERSON, gone=gone) == ()
    assert told["people.person", "email"].outcome is Outcome.ERASE
    assert told["cases.case", "place"].rows == 1
    trace = told["personal_data.trace", "subject_id"]
    assert (trace.outcome, bool(trace.words)) == (Outcome.KEEP, True)


def test_what_stays_of_her_is_told_before_anything_is_changed(cast: Cast, rosa: UUID) -> None:
    with acting(SET_UP, cast.leeds):
        with pytest.raises(StillNamed) as refused:
            erase(PERSON, gone=Gone(people=[rosa]))
        assert {"forms.submission", "cases.case"} <= {one.label for one in refused.value.rows}
        assert _count("people_person") == 2


def test_after_the_erasure_nothing_of_her_is_left_and_all_of_sam_is(cast: Cast, rosa: UUID) -> None:
    before, keys = _everything(cast), _keys(cast)
    gone = _all_of(cast, rosa)
    with acting(SET_UP, cast.leeds):
        told = erase(PERSON, gone=gone)
        assert {one.label for one in told} >= {"people.person", "cases.case", "forms.answer"}
        assert not SearchToken.objects.filter(row=rosa).exists()
        assert not DataKey.objects.filter(holder__in=[rosa, *gone.records]).exists()
        lines = Erasure.objects.filter(plan="person").order_by("at", "id")
        assert [line.holder for line in lines] == [*gone.records, rosa]
    after = _everything(cast)
    assert all(2 * after[table] == before[table] for table in ("people_person", "cases_case", "forms_answer"))
    assert 0 < len(_keys(cast)) < len(keys)


def test_a_failure_at_any_statement_leaves_her_whole(cast: Cast, rosa: UUID) -> None:
    """All of it or nothing (Article 17 with Article 5(1)(d)): half an erasure is what must never be."""
    gone, before, keys = _all_of(cast, rosa), _everything(cast), _keys(cast)
    failures = 0
    while _is_broken_at(cast, gone, failures):
        assert (_everything(cast), _keys(cast)) == (before, keys)
        failures += 1
    assert failures > len(PERSON.tables)
    assert _everything(cast)["people_person"] == 1


def test_what_was_forgotten_before_stands_there_as_erased(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    with acting(SET_UP, cast.leeds):
        destroy(rosa, retention_classes=["people.closed"])
    _collect(cast, rosa, tmp_path / "pack")
    (person,) = json.loads((tmp_path / "pack" / "people.person.json").read_text())
    assert (person["name"], person["language"]) == ("erased", "en")


def test_a_party_of_somebody_elses_case(cast: Cast, rosa: UUID) -> None:
    """Rosa is a party in Sam's case: she sees that she is, Sam's copy shows it as another's, and it goes with her."""
    sam = _person(cast, cast.sam.account)
    case = _case(cast, sam)
    with acting(SET_UP, cast.leeds):
        party = apps.get_model("cases", "Party").objects.create(
            organisation_id=cast.leeds, case_id=case, key="neighbour", person_id=rosa, added_at=now()
        )
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        assert [(one.label, one.row, one.subject) for one in others(PERSON, subjects=[sam])] == [
            ("cases.party", party.id, rosa)
        ]
    gone = _all_of(cast, rosa)
    with read_scope(SET_UP, (cast.leeds,)):
        assert [one.label for one in stays(PERSON, gone=gone)] == ["cases.party"]
        within = replace(gone, within=[case])
        assert stays(PERSON, gone=within) == ()
    with acting(SET_UP, cast.leeds):
        erase(PERSON, gone=within)
    assert _case(cast, sam) == case
    with read_scope(SET_UP, (cast.leeds,)):
        assert not apps.get_model("cases", "Party").objects.exists()


def test_she_stays_and_goes_from_somebody_elses_case_also_after_a_restore(cast: Cast, rosa: UUID) -> None:
    case = _case(cast, _person(cast, cast.sam.account))
    parties = apps.get_model("cases", "Party").objects
    row = {"organisation_id": cast.leeds, "case_id": case, "key": "neighbour", "person_id": rosa, "added_at": now()}
    with acting(SET_UP, cast.leeds):
        party = parties.create(**row).id
        erase(PERSON, gone=Gone(within=[case], about=[rosa]))
        assert not parties.exists()
        (line,) = Erasure.objects.filter(plan="person")
    assert (line.holder, line.keys) == (party, [])
    with acting(SET_UP, cast.leeds):
        parties.create(**row, id=party)
    replay([Line(line.id, cast.leeds, line.at, line.holder, True, (), line.plan)])
    with read_scope(SET_UP, (cast.leeds,)):
        assert not parties.exists()
    assert _person(cast, cast.rosa.account) == rosa


def test_an_opening_is_traced_once_for_her_and_the_request(cast: Cast, rosa: UUID, tmp_path: Path) -> None:
    matter = Matter("request", uuid4(), "R-1")
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds) as opened:
        opened.about(matter)
        collect(PERSON, subjects=[rosa], folder=tmp_path / "pack")
    with read_scope(SET_UP, (cast.leeds,)):
        (line,) = apps.get_model("personal_data", "Trace").objects.filter(matter_id=matter.id)
    assert (line.subject_id, line.reference, line.purpose) == (rosa, "R-1", "rights")
    assert {"people.person.name", "people.person.email", "forms.answer.value"} <= set(line.fields)


def test_an_account_has_a_plan_too(cast: Cast, tmp_path: Path) -> None:
    """What Priya did for residents stays with their cases; what is hers alone is copied and goes."""
    plan = plan_for(SubjectKind.ACCOUNT)
    account = cast.priya.account
    with acting(SET_UP, cast.leeds):
        apps.get_model("cases", "SavedFilter").objects.create(
            organisation_id=cast.leeds, account_id=account, name="Mine", kept={"stage": ["open"]}, saved_at=now()
        )
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        collected = collect(plan, subjects=[account], folder=tmp_path / "pack")
    found = {one.table.label: one for one in collected}
    (saved,) = json.loads((tmp_path / "pack" / "cases.saved_filter.json").read_text())
    assert (saved["kept"], datetime.fromisoformat(saved["saved_at"]).tzinfo) == ({"stage": ["open"]}, UTC)
    assert found["identity.account"].rows == found["identity.membership"].rows == found["cases.saved_filter"].rows == 1
    assert "password" not in [column.name for column in found["identity.account"].columns]
    with read_scope(SET_UP, (cast.leeds,)):
        told = {(one.label, one.field): one for one in tally(plan, gone=Gone(people=[account]))}
        assert {one.label for one in stays(plan, gone=Gone(people=[account]))} == {
            "identity.membership",
            "identity.training",
        }
    assert told["identity.membership", "name"].outcome is Outcome.KEEP
    assert told["cases.saved_filter", "name"].outcome is Outcome.ERASE


def test_a_restore_erases_by_the_ledger_what_any_capability_keeps(cast: Cast, rosa: UUID) -> None:
    gone = _all_of(cast, rosa)
    lines = [Line(uuid4(), cast.leeds, now(), holder, True, (), "person") for holder in (*gone.records, rosa)]
    assert replay(lines) == len(lines)
    assert _person(cast, cast.sam.account)
    with read_scope(SET_UP, (cast.leeds,)):
        assert not apps.get_model("people", "Person").objects.filter(id=rosa).exists()
        assert not Erasure.objects.filter(plan="person").exists()
        entries = apps.get_model("audit", "Entry").objects.count()
    replay(lines)
    with read_scope(SET_UP, (cast.leeds,)):
        assert apps.get_model("audit", "Entry").objects.count() == entries


def test_what_was_published_of_her_case_stays_without_it(cast: Cast, rosa: UUID) -> None:
    published = apps.get_model("cases", "Disclosure")
    case = _case(cast, rosa)
    gone = _all_of(cast, rosa)
    with acting(SET_UP, cast.leeds):
        made = published.objects.create(
            organisation_id=cast.leeds,
            case_id=case,
            service="missed_collection",
            title="Bins in March",
            summary="Twelve",
            by_id=cast.olu.account,
            published_at=now(),
        )
        told = {(one.label, one.field): one for one in erase(PERSON, gone=gone)}
        assert published.objects.get(id=made.id).case_id is None
    assert told["cases.disclosure", "by_id"].outcome is Outcome.KEEP


def _collect(cast: Cast, who: UUID, folder: Path, treatment: Treatment | None = None) -> tuple[Collected, ...]:
    with reading(DESK, purpose=RIGHTS, organisation=cast.leeds):
        return collect(PERSON, subjects=[who], folder=folder, treatment=treatment or Treatment())


def _is_broken_at(cast: Cast, gone: Gone, number: int) -> bool:
    """Erase with a database that fails at the statement of that number; whether it came so far."""
    left = number

    def fail(execute: Any, *statement: Any) -> Any:
        nonlocal left
        left -= 1
        if left == -1:
            raise OperationalError
        return execute(*statement)

    try:
        with acting(SET_UP, cast.leeds), connection.execute_wrapper(fail):
            erase(PERSON, gone=gone)
    except OperationalError:
        return True
    return False


def _rows(collected: tuple[Collected, ...], label: str) -> int:
    return next(one.rows for one in collected if one.table.label == label)


def _person(cast: Cast, account: UUID | None) -> UUID:
    with read_scope(SET_UP, (cast.leeds,)):
        return UUID(str(apps.get_model("people", "Person").objects.get(account_id=account).id))


def _case(cast: Cast, who: UUID) -> UUID:
    with read_scope(SET_UP, (cast.leeds,)):
        return UUID(str(apps.get_model("cases", "Case").objects.get(person_id=who).id))


def _all_of(cast: Cast, who: UUID) -> Gone:
    with read_scope(SET_UP, (cast.leeds,)):
        return Gone(people=[who], records=[record for _label, record in records_of(PERSON, subjects=[who])])


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def _everything(cast: Cast) -> dict[str, int]:
    with read_scope(SET_UP, (cast.leeds,)):
        return {table.table: _count(table.table) for table in PERSON.tables}


def _keys(cast: Cast) -> set[UUID]:
    with read_scope(SET_UP, (cast.leeds,)):
        return set(DataKey.objects.values_list("id", flat=True))
