"""Database URLs are read as libpq reads them, socket folders included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.frontends.cli.postgres.urls import Address, parse_url
from commonweal.frontends.cli.problems import Problem

_WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql://ann:pw@db.example:6432/council", "db.example", "6432"),
        ("postgres://ann:pw@db.example/council", "db.example", ""),
        ("postgresql://ann:pw@/council?host=/run/postgresql", "/run/postgresql", ""),
        ("postgresql://ann:pw@%2Frun%2FPostgres:5433/council", "/run/Postgres", "5433"),
        ("postgresql://ann:pw@[::1]:5432/council", "::1", "5432"),
    ],
)
def test_a_url_is_read(url: str, host: str, port: str) -> None:
    assert parse_url("DATABASE_URL", url) == Address("ann", "pw", "council", host, port)


def test_what_else_a_url_asks_for_is_kept() -> None:
    address = parse_url("DATABASE_URL", "postgresql://ann:pw@db.example/council?sslmode=verify-full")
    assert address.options == {"sslmode": "verify-full"}
    assert "sslmode=verify-full" in address.url()


@given(user=_WORDS, password=_WORDS, database=_WORDS, host=_WORDS)
def test_what_is_written_is_read_back(user: str, password: str, database: str, host: str) -> None:
    address = Address(user, password, database, "/" + host, "5432")
    assert parse_url("DATABASE_URL", address.url()) == address


@pytest.mark.parametrize(
    "url", ["mysql://ann@db/council", "council", "postgresql://db.example", "postgresql://a:b@h:port:port/c%zz"]
)
def test_what_is_no_url_is_told_so(url: str) -> None:
    with pytest.raises(Problem, match=r"^DATABASE_URL .*postgresql://login:password@host:5432/database"):
        parse_url("DATABASE_URL", url)


def test_a_password_is_not_shown() -> None:
    assert "canary" not in repr(Address("ann", "canary", "council", "", ""))
