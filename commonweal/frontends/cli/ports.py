"""The port the site is served on."""

import errno
import http.client
import socket

from commonweal.frontends.cli.problems import Problem


def require_free_port(address: str, port: int) -> None:
    """Raise Problem when the port is taken. `localhost` may mean the IPv6 loopback first, so that is asked as well."""
    for host in {address, "::1"} if address == "127.0.0.1" else {address}:
        _try_to_listen(host, port)


def _try_to_listen(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Problem(
                f"Port {port} is taken by another program: stop it, or choose another: make run PORT={_another(port)}."
            ) from None
        if error.errno == errno.EACCES:
            raise Problem(f"Port {port} is kept for the system: choose one from 1024 on: make run PORT=8000.") from None
        if host == "::1":
            return
        raise Problem(f"This machine has no address {host} ({error.strerror}): correct COMMONWEAL_ADDRESS.") from None


def _another(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def answers_healthy(address: str, port: int) -> bool:
    """Whether `/healthz` of the site answers 200."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 what others listen on, not we
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
