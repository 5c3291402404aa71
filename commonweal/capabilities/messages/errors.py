"""What callers may catch."""

from commonweal.foundations.errors import Missing


class NoSuchMessage(Missing):
    """There is no such message here."""

    code = "no_such_message"
