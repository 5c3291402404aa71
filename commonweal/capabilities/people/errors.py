"""What callers may catch."""

from commonweal.foundations.errors import Missing


class NoSuchPerson(Missing):
    """The organisation keeps no record of this person."""

    code = "no_such_person"
