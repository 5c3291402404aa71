"""A case as the parts of a page: its facts, its history, and what is asked of whoever deals with it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext, ngettext

from commonweal.capabilities.cases.queries import opening
from commonweal.capabilities.cases.queries.writers import Writer
from commonweal.foundations.clocks.now import now
from commonweal.foundations.design.parts import Field, Happening, Kind, Option, Row
from commonweal.foundations.design.writing import day
from commonweal.foundations.errors import Invalid, Refusal, Words
from commonweal.frontends.workspace.words import CHANNELS, MESSAGES, MOVED, SENDING, name_roles


def list_facts(page: opening.CasePage) -> tuple[Row, ...]:
    """Who asked, how to reach them, where it is and what they answered."""
    person = page.person
    own = [
        Row(gettext("Name"), person.name),
        Row(gettext("Email"), person.email or gettext("Not given")),
        Row(gettext("Phone"), person.phone or gettext("Not given")),
        Row(gettext("Place"), page.place),
        Row(gettext("Point on the map"), page.point.replace(",", ", ")),
    ]
    answers = [Row(answer.label, "", lines=_lines(answer.text, answer.opened_by)) for answer in page.answers]
    return tuple(row for row in (*own, *answers) if row.value or row.lines)


def tell_history(history: Iterable[opening.Happening]) -> tuple[Happening, ...]:
    """What happened, in words, newest first as given."""
    return tuple(_tell(happening) for happening in history)


def tell_writers(writers: Iterable[Writer]) -> tuple[str, ...]:
    """Who else is writing on the case, and since when."""
    return tuple(_tell_writer(writer.name, int((now() - writer.began_at).total_seconds() // 60)) for writer in writers)


def note_field(text: str, refusal: Refusal | None, *, is_sent_with_all: bool = False) -> Field:
    """What one is writing, and what is wrong with it. On an open case every button sends it."""
    return Field(
        "text",
        gettext("For the person who deals with it next"),
        Kind.LONG_TEXT,
        hint=gettext("It is also saved if you choose another button.") if is_sent_with_all else "",
        value=text,
        error=error_of("text", refusal),
        rows=4,
    )


def assignee_field(page: opening.CasePage) -> Field:
    """Who deals with the case: nobody, or someone of its team."""
    nobody = Option("", gettext("Nobody"))
    team = tuple(Option(str(colleague.account), colleague.name) for colleague in page.colleagues)
    chosen = str(page.assignee) if page.assignee else ""
    return Field("assignee", gettext("Assigned to"), Kind.CHOSEN, options=(nobody, *team), value=chosen)


def _tell(happening: opening.Happening) -> Happening:
    if happening.kind == "message":
        title: Words = MESSAGES.get(happening.label, happening.label)
        return Happening(title, happening.at, SENDING.get(happening.who, happening.who))
    if happening.kind == "date":
        before, after = (day(date.fromisoformat(each)) for each in happening.label.split(","))
        title = gettext("Due date: from %(before)s to %(after)s") % {"before": before, "after": after}
        return Happening(title, happening.at, MOVED.get(happening.who, happening.who))
    if happening.kind == "opened":
        title = gettext("Received (%(channel)s)") % {"channel": CHANNELS.get(happening.label, happening.label)}
        who = gettext("Taken down by %(name)s") % {"name": happening.who} if happening.who else ""
        return Happening(title, happening.at, who)
    titles = {
        "moved": gettext("Moved to: %(stage)s") % {"stage": happening.label},
        "closed": gettext("Closed: %(outcome)s") % {"outcome": happening.label},
        "note": gettext("Note"),
        "reasons": gettext("Reasons for the decision"),
        "asked": gettext("The applicant was asked"),
        "answered": gettext("The applicant answered"),
        "review": gettext("Challenged: %(review)s") % {"review": happening.label},
        "reopened": gettext("Reopened"),
        "letter": gettext("A letter was written"),
        "extended": gettext("Time extended: %(clock)s") % {"clock": happening.label},
        "ticked": gettext("Done: %(task)s") % {"task": happening.label},
        "unticked": gettext("Not done after all: %(task)s") % {"task": happening.label},
        "handed": gettext("Handed over to: %(team)s") % {"team": happening.label},
        "party": gettext("Added: %(party)s") % {"party": happening.label},
        "party_ended": gettext("No longer: %(party)s") % {"party": happening.label},
    }
    return Happening(titles[happening.kind], happening.at, happening.who, happening.text)


def _tell_writer(name: str, minutes: int) -> str:
    if minutes < 1:
        return gettext("%(name)s has just started writing on this case") % {"name": name}
    words = ngettext(
        "%(name)s began writing on this case %(minutes)s minute ago",
        "%(name)s began writing on this case %(minutes)s minutes ago",
        minutes,
    )
    return words % {"name": name, "minutes": minutes}


def tell_kept(opened_by: Iterable[str]) -> str:
    """That something is recorded which only these roles open."""
    return gettext("Recorded, for: %(roles)s") % {"roles": name_roles(opened_by)}


def _lines(text: str, opened_by: tuple[str, ...] = ()) -> tuple[str, ...]:
    if opened_by:
        return (tell_kept(opened_by),)
    return tuple(text.split("\n")) if text else (gettext("Not answered"),)


def error_of(field: str, refusal: Refusal | None) -> Words:
    """What is wrong with one field, if that was the refusal."""
    return refusal.fields.get(field, "") if isinstance(refusal, Invalid) else ""
