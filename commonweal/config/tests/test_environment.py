import pytest
from django.core.exceptions import ImproperlyConfigured

from commonweal.config import environment
from commonweal.foundations.design.tiles import Tiles


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


def tiles(*, credit: str = "A council", is_https: bool = True) -> Tiles | None:
    return environment.tiles("COMMONWEAL_MAP_TILES", credit=credit, closest=18, is_https=is_https)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://tiles.leeds.example/{z}/{x}/{y}.png", "https://tiles.leeds.example"),
        ("https://tiles.leeds.example:8443/wmts?z={z}&col={x}&row={y}&key=abc", "https://tiles.leeds.example:8443"),
        ("/tiles/{z}/{x}/{y}.png", ""),
    ],
)
def test_a_page_with_a_map_may_ask_its_server_alone(monkeypatch: pytest.MonkeyPatch, address: str, origin: str) -> None:
    monkeypatch.setenv("COMMONWEAL_MAP_TILES", address)
    found = tiles()
    assert found is not None
    assert (found.address, found.origin) == (address, origin)


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example/map.png",
        "https://tiles.example/{z}/{x}/{x}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
        "https://*.example/{z}/{x}/{y}.png",
        "https://tiles.example;script-src/{z}/{x}/{y}.png",
        "https://login:secret@tiles.example/{z}/{x}/{y}.png",
        "http://tiles.example/{z}/{x}/{y}.png",
        "javascript:{z}{x}{y}",
        "//tiles.example/{z}/{x}/{y}.png",
        "tiles/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "https://tiles.example/#{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/ {y}.png",
    ],
)
def test_what_is_no_address_of_tiles_stops_the_start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("COMMONWEAL_MAP_TILES", address)
    with pytest.raises(ImproperlyConfigured, match=r"COMMONWEAL_MAP_TILES must be an address of map tiles by https"):
        tiles()


def test_tiles_need_a_source_to_name_and_https_where_the_site_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tiles() is None
    monkeypatch.setenv("COMMONWEAL_MAP_TILES", "http://127.0.0.1:8339/{z}/{x}/{y}.png")
    assert tiles(is_https=False) is not None
    with pytest.raises(ImproperlyConfigured, match="COMMONWEAL_MAP_CREDIT"):
        tiles(credit="", is_https=False)


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


@pytest.mark.parametrize(
    ("address", "host", "port", "encrypted"),
    [
        ("", "localhost", 25, ""),
        ("smtp://mail.leeds.example", "mail.leeds.example", 25, ""),
        ("smtp+tls://mail.leeds.example:2525", "mail.leeds.example", 2525, "EMAIL_USE_TLS"),
        ("smtps://post:p%40ss@[::1]", "::1", 465, "EMAIL_USE_SSL"),
    ],
)
def test_mail_is_handed_over_as_its_address_says(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, port: int, encrypted: str
) -> None:
    monkeypatch.setenv("SOME_SMTP", address)
    found = environment.mail_server("SOME_SMTP")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert [name for name in ("EMAIL_USE_TLS", "EMAIL_USE_SSL") if found[name]] == ([encrypted] if encrypted else [])
    has_login = "@" in address
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == (("post", "p@ss") if has_login else ("", ""))


@pytest.mark.parametrize("address", ["mail.leeds.example", "imap://mail:25", "smtp://", "smtp://mail:port"])
def test_what_is_no_mail_server_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("SOME_SMTP", address)
    with pytest.raises(ImproperlyConfigured, match="SOME_SMTP must be an address such as smtp"):
        environment.mail_server("SOME_SMTP")
