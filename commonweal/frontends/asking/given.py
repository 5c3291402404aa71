"""What somebody typed into a form, as the forms take it."""

from django.http import QueryDict


def given_in(posted: QueryDict) -> dict[str, str]:
    """What was typed by field; of a field with several values, as of checkboxes, each on a line of its own."""
    return {name: "\n".join(map(str, posted.getlist(name))) for name in posted}
