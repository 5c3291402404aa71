"""The erasure ledger: a line for every erasure, and the date on which older backups close."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.clocks import now as clocks
from commonweal.foundations.personal_data import keys, ledger
from commonweal.foundations.personal_data.keyring import KeptKeyring
from commonweal.foundations.personal_data.models import Erasure
from commonweal.foundations.personal_data.tests.conftest import acting
from commonweal.foundations.personal_data.wrapping import Keyring

MADE = datetime(2026, 11, 3, 9, tzinfo=UTC)
ERASED = datetime(2026, 11, 20, 15, tzinfo=UTC)
HOLDER = UUID(int=7)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    """A keyring whose current key was made on 3 November."""
    ring = Keyring("november", {"november": bytes(range(32))}, {"november": MADE})
    monkeypatch.setattr(KeptKeyring, "held", lambda self: ring)
    return ring


@pytest.fixture
def clock() -> Iterator[clocks.SetClock]:
    with clocks.at(ERASED) as clock:
        yield clock


@pytest.mark.django_db
class TestAnErasure:
    def test_it_leaves_a_line_that_names_the_keys_and_nobody(self, cast: Cast) -> None:
        holder = uuid4()
        with acting(SET_UP, cast.leeds):
            made = {keys.key_for_subject(holder, "people.closed"), keys.key_for_subject(holder, "forms.submission")}
            assert keys.destroy(holder) == 2
            assert keys.unwrapped(made) == {}
            line = Erasure.objects.get(holder=holder)
        assert (set(line.keys), line.is_whole, line.action) == (made, True, "tests.act")
        assert set(line.classes) == {"people.closed", "forms.submission"}

    def test_single_retention_classes(self, cast: Cast) -> None:
        holder = uuid4()
        with acting(SET_UP, cast.leeds):
            gone = keys.key_for_subject(holder, "people.closed")
            stays = keys.key_for_subject(holder, "forms.submission")
            assert keys.destroy(holder, retention_classes=["people.closed"]) == 1
            assert set(keys.unwrapped([gone, stays])) == {stays}
            line = Erasure.objects.get(holder=holder)
        assert (line.keys, line.is_whole, line.classes) == ([gone], False, ["people.closed"])

    def test_a_draft_leaves_none(self, cast: Cast) -> None:
        draft = uuid4()
        with acting(SET_UP, cast.leeds):
            keys.key_for_draft(draft)
            assert keys.destroy(draft) == 1
            assert not Erasure.objects.filter(holder=draft).exists()

    def test_nothing_destroyed_leaves_none(self, cast: Cast) -> None:
        with acting(SET_UP, cast.leeds):
            assert keys.destroy(uuid4()) == 0
            assert not Erasure.objects.exists()

    def test_another_organisation_keeps_its_own(self, cast: Cast) -> None:
        holder = uuid4()
        with acting(SET_UP, cast.cardiff):
            kept = keys.key_for_subject(holder, "people.closed")
        with acting(SET_UP, cast.leeds):
            assert keys.destroy(holder) == 0
        with acting(SET_UP, cast.cardiff):
            assert set(keys.unwrapped([kept])) == {kept}

    @pytest.mark.parametrize(
        "statement", ["delete from personal_data_erasure", "update personal_data_erasure set at = now()"]
    )
    def test_a_line_is_never_changed(self, cast: Cast, statement: str) -> None:
        with acting(SET_UP, cast.leeds):
            keys.key_for_subject(HOLDER, "people.closed")
            keys.destroy(HOLDER)
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.usefixtures("ring", "clock")
class TestTheDateOnWhichBackupsClose:
    def test_what_is_erased_now(self) -> None:
        """The key of 3 November is destroyed within thirty days of being made."""
        assert ledger.backups_close_on() == date(2026, 12, 3)

    def test_it_is_never_in_the_past(self, clock: clocks.SetClock) -> None:
        clock.move_to(MADE + timedelta(days=50))
        assert ledger.backups_close_on() == date(2026, 12, 23)

    def test_a_key_of_unknown_age(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ageless = Keyring("a", {"a": bytes(32)})
        monkeypatch.setattr(KeptKeyring, "held", lambda self: ageless)
        assert ledger.backups_close_on() == date(2026, 11, 20) + timedelta(days=settings.KEY_ROTATION_DAYS)
