"""What a stranger sends fills no log and reaches no error reporter."""

import logging
from collections.abc import Iterator

import pytest
from django.test import Client


class Reporter(logging.Handler):
    """Keeps what it is given, as whatever collects errors would."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """What a reporter is given while the test runs."""
    reporter = Reporter()
    logging.getLogger().addHandler(reporter)
    yield reporter.records
    logging.getLogger().removeHandler(reporter)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "a b", "x" * 500, "evil.example:99999", "", "\xff"])
def test_a_wrong_host_is_one_line_that_quotes_nothing(records: list[logging.LogRecord], host: str) -> None:
    answer = Client(raise_request_exception=False).get("/", HTTP_HOST=host)
    assert answer.status_code == 400
    (record,) = records
    assert (record.levelname, record.exc_info, record.stack_info) == ("WARNING", None, None)
    assert record.getMessage() == "A request named a host that COMMONWEAL_HOSTS does not list"


@pytest.mark.django_db
def test_a_form_of_too_many_fields_is_one_line(records: list[logging.LogRecord]) -> None:
    fields = {f"field{number}": "" for number in range(1200)}
    assert Client(raise_request_exception=False).post("/account/login/", fields).status_code == 400
    (record,) = records
    assert (record.levelname, record.exc_info) == ("WARNING", None)
