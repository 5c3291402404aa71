"""The errors of datasets, each said in one sentence."""


class DatasetRefused(Exception):
    """Nothing was written, neither to the database nor to a folder."""


class NotReachable(DatasetRefused):
    """The database does not answer, or refuses us. The address is not told: it holds a password."""


class NotAsDeclared(DatasetRefused):
    """The database is not what the file declares; `differences` says where."""

    def __init__(self, differences: tuple[str, ...]) -> None:
        self.differences = differences
        super().__init__("\n".join(differences))


class NoSuchIdentity(DatasetRefused):
    """The file declares no identity of this kind."""
