"""The words of a declaration that have paragraphs, lists and links, as HTML."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from commonweal.foundations.documents.markdown import Block, parse

_LISTS = {"bullets": ("ul", "bullet"), "numbers": ("ol", "number")}
_SPANS = {"strong": Markup("<strong>{}</strong>"), "emphasis": Markup("<em>{}</em>"), "text": Markup("{}")}
_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_BREAK = Markup("<br>")


def write_prose(text: str) -> Markup:
    """The small Markdown of declarations and letters as HTML; every word in it is escaped."""
    return Markup("\n").join(_block(block) for block in parse(text))


def _block(block: Block) -> Markup:
    if block.kind in _LISTS:
        tag, style = _LISTS[block.kind]
        items = Markup().join(Markup("<li>{}</li>").format(_spans(part)) for part in block.parts)
        return Markup('<{0} class="govuk-list govuk-list--{1}">{2}</{0}>').format(tag, style, items)
    words = Markup().join(_spans(part) for part in block.parts)
    if block.kind == "heading":
        return Markup('<h{0} class="govuk-heading-{1}">{2}</h{0}>').format(
            block.level, "m" if block.level == 2 else "s", words
        )
    return Markup('<p class="govuk-body">{}</p>').format(words)


def _spans(spans: Iterable[Mapping[str, str]]) -> Markup:
    return Markup().join(_span(span) for span in spans)


def _span(span: Mapping[str, str]) -> Markup:
    if span["kind"] == "break":
        return _BREAK
    if span["kind"] == "link":
        return _LINK.format(span["target"], span["text"])
    return _SPANS[span["kind"]].format(span["text"])
