"""The settings that our servers run with."""

from pathlib import Path

PORT = "5432"

# Nothing personal in the log: errors go to the application that caused them, never with the row or the parameters.
_SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_line_prefix": "%m [%p] ",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# A commit still reaches the operating system before it is answered, so a killed server loses none.
# Two connections of one test that wait for each other end in an error, not in silence.
_FORGETFUL = {"fsync": "off", "full_page_writes": "off", "lock_timeout": "30s"}


def arguments(socket: Path, *, is_durable: bool) -> list[str]:
    """The settings as arguments of `postgres`: they hold whatever the files in the data folder say."""
    settings = _SETTINGS | ({} if is_durable else _FORGETFUL) | {"unix_socket_directories": str(socket)}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
