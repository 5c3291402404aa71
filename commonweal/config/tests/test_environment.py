import pytest
from django.core.exceptions import ImproperlyConfigured

from commonweal.config import environment


@pytest.mark.parametrize(
    ("address", "host", "port", "options"),
    [
        ("postgresql://app:s%40crt@db.example:6543/commonweal", "db.example", "6543", {}),
        (
            "postgres://app:s%40crt@db.example/commonweal?sslmode=verify-full",
            "db.example",
            "",
            {"sslmode": "verify-full"},
        ),
        ("postgresql://app:s%40crt@%2Fvar%2FRun%2Fpg/commonweal", "/var/Run/pg", "", {}),
        ("postgresql://app:s%40crt@/commonweal?host=/var/Run/pg&port=5433", "/var/Run/pg", "5433", {}),
        ("postgresql://app:s%40crt@[::1]:5432/commonweal", "::1", "5432", {}),
    ],
)
def test_an_address_is_read_whole(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, port: str, options: dict[str, str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    read = environment.database("DATABASE_URL")
    assert read == {
        "NAME": "commonweal",
        "USER": "app",
        "PASSWORD": "s@crt",
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


@pytest.mark.parametrize("address", ["", "mysql://a:b@c/d", "postgresql://a:b@c"])
def test_what_is_no_address_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database("DATABASE_URL")


@pytest.mark.parametrize("value", ["-1", "many", "1.5", "500"])
def test_a_number_out_of_bounds_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("COMMONWEAL_CONNECTIONS", value)
    with pytest.raises(ImproperlyConfigured, match="COMMONWEAL_CONNECTIONS must be a whole number from 1 to 200"):
        environment.number("COMMONWEAL_CONNECTIONS", 8, least=1, most=200)


def test_a_truth_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_DEMO", "maybe")
    with pytest.raises(ImproperlyConfigured, match="COMMONWEAL_DEMO"):
        environment.flag("COMMONWEAL_DEMO")
