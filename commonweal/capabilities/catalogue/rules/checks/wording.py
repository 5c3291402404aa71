"""What must hold for messages and letters: they are filled only with what may leave."""

from collections.abc import Collection, Iterator
from string import Formatter

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.handling import (
    LETTER_PLACEHOLDERS,
    PLACEHOLDERS,
    REMINDER_PLACEHOLDERS,
    Message,
)
from commonweal.capabilities.catalogue.rules.checks.found import Found
from commonweal.foundations.declaring.yaml_lines import Loc


def faults_of_messages(service: Service) -> Found:
    """Every placeholder that a message or letter may not hold, and a stage that waits without a message to say so."""
    waiting = [number for number, stage in enumerate(service.case.stages) if stage.waits]
    if waiting and service.messages.sent_back is None:
        yield ("case", "stages", waiting[0]), "A stage that waits needs the message sent_back."
    for loc, message, allowed in _messages(service):
        for part in ("subject", "body"):
            for language in ("en", "cy"):
                words: str = getattr(getattr(message, part), language)
                yield from _faults(words, allowed, (*loc, part, language))


def _messages(service: Service) -> Iterator[tuple[Loc, Message, Collection[str]]]:
    for event in type(service.messages).model_fields:
        if message := getattr(service.messages, event):
            yield ("messages", event), message, PLACEHOLDERS
    for number, stage in enumerate(service.case.stages):
        if stage.told is not None:
            yield ("case", "stages", number, "told"), stage.told, PLACEHOLDERS
    for number, outcome in enumerate(service.case.outcomes):
        if outcome.letter is not None:
            yield ("case", "outcomes", number, "letter"), outcome.letter, LETTER_PLACEHOLDERS
        if outcome.lasts is not None:
            yield ("case", "outcomes", number, "lasts", "reminder"), outcome.lasts.reminder, REMINDER_PLACEHOLDERS


def _faults(words: str, allowed: Collection[str], loc: Loc) -> Found:
    try:
        held = [
            (name, spec or conversion) for _text, name, spec, conversion in Formatter().parse(words) if name is not None
        ]
    except ValueError:
        yield loc, "A brace is not closed."
        return
    for name in sorted({name for name, more in held if more}):
        yield loc, f"Write {{{name}}} alone: it is filled in as it is."
    for name in sorted({name for name, _more in held} - set(allowed)):
        yield loc, f"A message cannot hold {{{name}}}: only {', '.join(sorted(allowed))}."
