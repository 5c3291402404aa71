"""Database addresses as URLs, as libpq reads them: also with a socket folder for a host."""

from dataclasses import dataclass, field
from urllib.parse import quote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from commonweal.frontends.cli.problems import Problem


@dataclass(frozen=True)
class Address:
    """The parts of a database URL; the password is never shown."""

    user: str
    password: str = field(repr=False)
    database: str
    host: str
    port: str
    options: dict[str, str] = field(default_factory=dict)

    def url(self) -> str:
        """The URL that psycopg and libpq read. A socket folder stands in the query, where it needs no host syntax."""
        query = {"host": self.host, "port": self.port, **self.options}
        login = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        rest = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items() if value)
        return f"postgresql://{login}@/{quote(self.database, safe='')}" + (f"?{rest}" if rest else "")

    def __str__(self) -> str:
        return f"{self.database} at {self.host or 'this machine'}{':' + self.port if self.port else ''}"


def parse_url(name: str, url: str) -> Address:
    """Read the URL that the environment variable `name` holds. Raises Problem without repeating its password."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Problem(
            f"{name} is not the URL of a PostgreSQL database: write postgresql://login:password@host:5432/database."
        )
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:
        raise Problem(
            f"{name} cannot be read as a URL: write postgresql://login:password@host:5432/database, "
            "with special characters of the password percent-encoded."
        ) from None
    if "user" not in parts or "dbname" not in parts:
        raise Problem(f"{name} must name a login and a database: postgresql://login:password@host:5432/database.")
    return Address(
        user=parts.pop("user"),
        password=parts.pop("password", ""),
        database=parts.pop("dbname"),
        host=parts.pop("host", ""),
        port=parts.pop("port", ""),
        options=parts,
    )
