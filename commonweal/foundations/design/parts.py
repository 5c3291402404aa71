"""Small frozen values for templates, so that a template needs no model and no request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from commonweal.foundations.design.colours import DEFAULT_COLOUR

Words = str | Promise
NOTHING = Markup()


@dataclass(frozen=True)
class Masthead:
    """The head of a page: the organisation's name, its colour (#rrggbb) and where its name links to.

    `is_organisation` is False for pages of the platform itself.
    """

    name: Words
    home: str = "/"
    colour: str = DEFAULT_COLOUR
    is_organisation: bool = True


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, as the page may show it, and where the sign-out form posts."""

    name: str
    sign_out: str
    role: Words = ""


@dataclass(frozen=True)
class Link:
    """A link in a navigation; `is_current` marks the page one is on, `number` says how much is there, where known."""

    text: Words
    href: str
    is_current: bool = False
    number: int | None = None


@dataclass(frozen=True)
class Frame:
    """What surrounds a page's content: whose page it is, the navigation, and who is signed in."""

    masthead: Masthead = Masthead(_("Commonweal"), is_organisation=False)
    links: tuple[Link, ...] = ()
    signed_in: SignedIn | None = None


@dataclass(frozen=True)
class LanguageLink:
    """A language the page can be read in, named in itself."""

    code: str
    text: str
    href: str
    is_current: bool = False


class Kind(StrEnum):
    """How a field is asked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    TELEPHONE = "telephone"
    NAME = "name"
    CODE = "code"
    NUMBER = "number"
    DECIMAL = "decimal"
    DATE = "date"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    AGREED = "agreed"
    CHOSEN = "chosen"
    PASSWORD = "password"  # noqa: S105  # the kind of a field, no secret
    FILE = "file"
    GROUP = "group"
    WORDS = "words"


@dataclass(frozen=True)
class Option:
    """One answer to choose from; `is_alone` rules out all others of several."""

    value: str
    label: Words
    hint: Words = ""
    is_alone: bool = False


@dataclass(frozen=True)
class Field:
    """One question with what was answered and what is wrong with it. It becomes one component by `field()`.

    `value` is text; for many_of a tuple of chosen values; for date a mapping of day, month and year as typed; for
    agreed "yes" when its one box is ticked. `is_heading` makes the question the page's h1, `is_part` one of the
    `parts` of a group. `width` counts characters (2, 3, 4, 5, 10, 20, 30). `prefix` and `suffix` stand beside what is
    typed. `before` is HTML above it, and all there is of words. `focus` is the control to go to when something is
    wrong, where that is not the first.
    """

    name: str
    label: Words
    kind: Kind = Kind.TEXT
    hint: Words = ""
    value: str | tuple[str, ...] | Mapping[str, str] = ""
    error: Words = ""
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    width: int | None = None
    max_length: int | None = None
    rows: int = 5
    is_heading: bool = False
    is_part: bool = False
    prefix: Words = ""
    suffix: Words = ""
    before: Markup = NOTHING
    parts: tuple["Field", ...] = ()
    focus: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def first_id(self) -> str:
        """The id of the control an error summary leads to."""
        return self.focus or (f"{self.name}-day" if self.kind is Kind.DATE else self.name)


@dataclass(frozen=True)
class Pager:
    """Where the neighbouring pages of a keyset-paginated list are; an empty address means there is none."""

    previous: str = ""
    following: str = ""


class Tone(StrEnum):
    """What a status asks of its reader, said by colour beside its words."""

    CALM = "grey"
    MOVING = "blue"
    WAITING = "yellow"
    URGENT = "red"
    DONE = "green"


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline: what happened, when, and by whom as the reader may know it."""

    title: Words
    moment: datetime
    by: Words = ""
    text: Words = ""


@dataclass(frozen=True)
class Row:
    """One line of a summary: what was asked, what was answered, and where to change it."""

    key: Words
    value: Words
    change: str = ""
    lines: tuple[str, ...] = ()
