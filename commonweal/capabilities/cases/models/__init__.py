"""The tables of cases, one module per concern. Django finds them here, whichever module is asked for first."""

from commonweal.capabilities.cases.models.attaching import Attachment
from commonweal.capabilities.cases.models.bereavement import Capacity, Next, Succession
from commonweal.capabilities.cases.models.cases import Case, ClockMove, Move, Note
from commonweal.capabilities.cases.models.clocks import Clock, ClockPause
from commonweal.capabilities.cases.models.deciding import Decision, Grant, Round
from commonweal.capabilities.cases.models.telling import Disclosure, Letter, SentBack
from commonweal.capabilities.cases.models.working import Fact, Handover, Link, Party, Tick
from commonweal.capabilities.cases.models.worklists import SavedFilter, Tally, Undoable, Writing

__all__ = [
    "Attachment",
    "Capacity",
    "Case",
    "Clock",
    "ClockMove",
    "ClockPause",
    "Decision",
    "Disclosure",
    "Fact",
    "Grant",
    "Handover",
    "Letter",
    "Link",
    "Move",
    "Next",
    "Note",
    "Party",
    "Round",
    "SavedFilter",
    "SentBack",
    "Succession",
    "Tally",
    "Tick",
    "Undoable",
    "Writing",
]
