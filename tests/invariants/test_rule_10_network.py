"""Rule 10: no network inside an action; the tests reach nothing but this machine."""

import socket
import urllib.request

import pytest

from commonweal.conftest import SET_UP, Cast
from commonweal.foundations.actions import action as actions
from commonweal.foundations.actions.action import action
from commonweal.foundations.audit.record import record
from commonweal.foundations.scope.actors import Actor
from commonweal.foundations.scope.scopes import read_scope
from tests.keepers.guards import NetworkRefused


def test_another_machine_is_not_reached() -> None:
    with pytest.raises(NetworkRefused), socket.socket() as connection:
        connection.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkRefused):
        urllib.request.urlopen("https://provider.example/send")


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.django_db
def test_nothing_is_called_while_an_action_runs(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ACTIONS", dict(actions.ACTIONS))

    @action()
    def send_at_once(actor: Actor, *, organisation: int, address: tuple[str, int]) -> None:
        record("tests.message")
        socket.create_connection(address)

    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(NetworkRefused):
            send_at_once(SET_UP, organisation=cast.leeds, address=server.getsockname())
        with pytest.raises(NetworkRefused), read_scope(SET_UP, (cast.leeds,)):
            socket.create_connection(server.getsockname())
