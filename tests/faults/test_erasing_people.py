"""An erasure on the real services: nothing of the person is left, and nothing of anybody else goes.

A failure at any statement leaves everything as it was (data-protection.md section 3: a partial erasure is the classic
failure; UK GDPR Article 17).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.conf import settings as real
from django.db import connection, connections

from commonweal.capabilities.cases.actions import noting
from commonweal.capabilities.cases.actions.opening import submit
from commonweal.capabilities.cases.queries.opening import case_page
from commonweal.capabilities.catalogue.actions import offer_service
from commonweal.capabilities.forms.actions.attaching import give_file
from commonweal.capabilities.forms.actions.filling import answer_page, start_draft
from commonweal.capabilities.messages import actions as messages
from commonweal.capabilities.protection.actions.erasing import choose_fate, erase_person
from commonweal.capabilities.protection.actions.requests import make_request
from commonweal.capabilities.protection.errors import AlreadyClosed
from commonweal.capabilities.protection.queries.erasing import erasure_page
from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks.now import today
from commonweal.foundations.files import uploading
from commonweal.foundations.files.tests.conftest import use_folder
from commonweal.foundations.files.tests.made import plain_photo
from commonweal.foundations.personal_data import keys
from commonweal.foundations.personal_data.declarations import declaration_of
from commonweal.foundations.personal_data.sealing import key_named_by
from commonweal.foundations.personal_data.trace import Matter
from commonweal.foundations.scope.actors import DraftHolder, Resident
from commonweal.foundations.scope.scopes import Kind, open_scope_or_none, read_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CANARY = "Zephyrine Quillfeather"
_PROOF = real.ROOT / "commonweal" / "capabilities" / "forms" / "tests" / "proof.yaml"
_READ = ("personal_data_trace", "django_session")
"""What a look leaves behind, whatever came of the erasure."""


class Broken(RuntimeError):
    """The statement that failed."""


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    use_folder(settings, tmp_path / "files", is_made=True)
    return tmp_path / "files"


@pytest.fixture
def case(cast: Cast, folder: Path) -> str:
    """Rosa reports a bin with a photo under a name nobody has, begins another form, is written to and noted about."""
    declared = (real.SERVICES / "missed_collection" / "service.yaml").read_text()
    declaration = declared.replace("  - key: contact\n", f"{_PROOF.read_text()}  - key: contact\n", 1)
    offer_service(SET_UP, organisation=cast.leeds, declaration=declaration)
    reference = _report(cast, cast.rosa, CANARY)
    page = case_page(cast.priya, organisation=cast.leeds, reference=reference)
    noting.add_note(cast.priya, organisation=cast.leeds, case=page.id, text=f"{CANARY} keeps a marmoset")
    messages.write(
        SET_UP,
        organisation=cast.leeds,
        person=page.person.id,
        matter=Matter("case", page.id, reference),
        template="received",
        subject="We have it",
        body=f"Dear {CANARY}",
    )
    draft = start_draft(cast.rosa, organisation=cast.leeds, service="missed_collection")
    holder = DraftHolder(draft=draft, account=cast.rosa.account)
    answer_page(holder, organisation=cast.leeds, page="bin", given={"bin": "recycling"})
    return reference


@pytest.fixture
def asked(cast: Cast, case: str) -> str:
    """Rosa asks for erasure, and the officer decides that her case goes; the reference of the request."""
    made = make_request(cast.rosa, organisation=cast.leeds, kind="erasure")
    choose_fate(cast.olu, organisation=cast.leeds, reference=made.reference, case=case, is_erased=True, why="She moved")
    return made.reference


def test_nothing_of_her_is_left_in_any_table_file_or_token_and_her_keys_are_gone(
    cast: Cast, folder: Path, case: str, asked: str
) -> None:
    other = _report(cast, cast.sam, "Sam Oyelaran")
    before = _sealed(cast)
    hers = _rows_of(cast, cast.rosa)
    files = _files(folder)
    _erase(cast, asked)
    _vacuum()
    kept = {each for each in before if each[0].startswith("protection_")}
    after = _sealed(cast)
    gone = before - after
    ids = {key_named_by(value) for _table, value in gone}
    assert {table for table, _value in gone} >= {
        *("people_person", "forms_answer", "forms_draftanswer", "messages_message", "cases_note", "files_storedfile")
    }
    with read_scope(SET_UP, (cast.leeds,)):
        assert keys.unwrapped(ids) == {}
    assert kept <= after
    for table, text in _everything():
        for value in (value for _table, value in gone):
            assert value.hex() not in text, table
        assert CANARY not in text, table
        assert CANARY.encode().hex() not in text, table
        if table.startswith(("people_", "forms_", "cases_", "files_", "personal_data_searchtoken")):
            assert not any(str(one) in text for one in hers), table
    assert not set(_token_rows(cast)) & hers
    with read_scope(SET_UP, (cast.leeds,)):
        told = apps.get_model("messages", "Message").objects.filter(subject_id__in=hers)
        assert list(told.values_list("template", flat=True)) == ["request_news"]
    assert len(_files(folder)) == len(files) - 1
    assert case_page(cast.priya, organisation=cast.leeds, reference=other).person.name == "Sam Oyelaran"


def test_a_failure_at_any_statement_leaves_everything(cast: Cast, folder: Path, asked: str) -> None:
    seen = erasure_page(cast.olu, organisation=cast.leeds, reference=asked).seen
    whole, files = _snapshot(), _files(folder)
    number = 0
    while True:
        with _failing_at(number) as has_failed, suppress(Broken):
            erase_person(cast.olu, organisation=cast.leeds, reference=asked, seen=seen)
        if not has_failed():
            break
        assert _snapshot() == whole, number
        assert _files(folder) == files
        number += 1
    assert number > 60
    assert _snapshot() != whole


def test_two_officers_at_once_erase_once(cast: Cast, asked: str) -> None:
    seen = erasure_page(cast.olu, organisation=cast.leeds, reference=asked).seen

    def erase(_time: int) -> bool:
        try:
            erase_person(cast.olu, organisation=cast.leeds, reference=asked, seen=seen)
        except AlreadyClosed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(erase, range(2))) == [False, True]
    with read_scope(SET_UP, (cast.leeds,)):
        steps = apps.get_model("protection", "Step").objects.filter(what__in=("done", "partly"))
        assert steps.count() == 1


def test_what_waits_for_a_task_holds_ids_alone(cast: Cast, case: str, asked: str) -> None:
    """Queue payloads: the outbox and the tasks name people by random ids, so that nothing of theirs is left there."""
    for table, text in _everything():
        if table.startswith(("events_", "procrastinate_", "audit_")):
            assert CANARY not in text
            assert "rosa@people.example" not in text, table


def _report(cast: Cast, who: Resident, name: str) -> str:
    holder = DraftHolder(
        draft=start_draft(who, organisation=cast.leeds, service="missed_collection"), account=who.account
    )
    day = today()
    given: dict[str, dict[str, str]] = {
        "bin": {"bin": "recycling"},
        "due": {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)},
        "where": {"place-address": "12 High Street", "place-postcode": "LS1 1UR", "left_at": f"By {name}’s gate"},
        "contact": {"name": name, "email": "rosa@people.example", "phone": "01632 960 001"},
        "proof": {},
    }
    photo = plain_photo()
    file = uploading.begin(holder, organisation=cast.leeds, size=len(photo), name="bin.jpg", subject=holder.draft)
    uploading.append(holder, organisation=cast.leeds, upload=file, offset=0, data=photo)
    uploading.finish(holder, organisation=cast.leeds, upload=file)
    give_file(
        holder,
        organisation=cast.leeds,
        service="missed_collection",
        page="proof",
        question="photos",
        file=file,
        digest=b"",
    )
    for page, typed in given.items():
        answer_page(holder, organisation=cast.leeds, page=page, given=typed)
    return submit(holder, organisation=cast.leeds).reference


def _erase(cast: Cast, asked: str) -> None:
    seen = erasure_page(cast.olu, organisation=cast.leeds, reference=asked).seen
    erase_person(cast.olu, organisation=cast.leeds, reference=asked, seen=seen)


@contextmanager
def _failing_at(number: int) -> Iterator[Callable[[], bool]]:
    """The statement of that number within the action fails; says whether there were so many."""
    counted, failed = [0], [False]

    def fail(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        scope = open_scope_or_none()
        if scope is not None and scope.kind is Kind.WRITE:
            counted[0] += 1
            if counted[0] > number:
                failed[0] = True
                raise Broken
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield lambda: failed[0]


def _tables() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and not relispartition order by relname"
        )
        return [name for (name,) in cursor.fetchall()]


def _everything() -> Iterator[tuple[str, str]]:
    """Each table with all its rows as text, what is sealed as hexadecimal digits."""
    for table in _tables():
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"select coalesce(string_agg(t::text, chr(10) order by t::text), '') from \"{table}\" t")
            yield table, cursor.fetchone()[0]


def _snapshot() -> dict[str, str]:
    return {table: text for table, text in _everything() if not table.startswith(_READ)}


def _vacuum() -> None:
    with connections["owner"].cursor() as cursor:
        for table in _tables():
            cursor.execute(f'vacuum "{table}"')


def _sealed(cast: Cast) -> set[tuple[str, bytes]]:
    """Every sealed value of Leeds with its table."""
    found: set[tuple[str, bytes]] = set()
    with read_scope(SET_UP, (cast.leeds,)), connection.cursor() as cursor:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                declaration = declaration_of(field)
                if declaration is not None and declaration.is_sealed:
                    table = model._meta.db_table
                    cursor.execute(f"select {field.column} from {table} where {field.column} is not null")
                    found |= {(table, bytes(value)) for (value,) in cursor.fetchall()}
    return found


def _rows_of(cast: Cast, who: Resident) -> set[UUID]:
    with read_scope(SET_UP, (cast.leeds,)):
        return set(
            apps.get_model("people", "Person").objects.filter(account_id=who.account).values_list("id", flat=True)
        )


def _token_rows(cast: Cast) -> list[UUID]:
    with read_scope(SET_UP, (cast.leeds,)):
        return list(apps.get_model("personal_data", "SearchToken").objects.values_list("row", flat=True))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
