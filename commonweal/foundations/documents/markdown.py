"""A small part of Markdown, read into blocks: headings, paragraphs, lists, strong and emphasised words, links.

Everything else is text. Blocks reach the typesetter as data, so no word in them is ever an instruction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_HEADING = re.compile(r"(#{2,3})\s+(.+)")
_BULLET = re.compile(r"[-*]\s+(.+)")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
_SPAN = re.compile(
    r"\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*])"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)"
)
_TARGET = re.compile(r"(?:https://|mailto:|tel:)[\x21-\x7e]+")
_HARD_BREAK = "  "


@dataclass
class Block:
    """One piece of the text: `kind` is heading, paragraph, bullets or numbers; `parts` holds lists of spans."""

    kind: str
    parts: list[list[dict[str, str]]] = field(default_factory=list)
    level: int = 0

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "level": self.level, "parts": self.parts}


def parse(text: str) -> list[Block]:
    """The blocks of a text. Whatever is no Markdown of ours stays as it was typed."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n")):
        for block in _read_paragraph(paragraph.split("\n")):
            if block.kind == "heading":
                block.level = _next_level(block.level, blocks)
            blocks.append(block)
    return blocks


def _read_paragraph(lines: list[str]) -> Iterator[Block]:
    current: Block | None = None
    for line in lines:
        kind, words, level = _read_line(line)
        if not words:
            continue
        if current is None or kind != current.kind or kind == "heading":
            if current is not None:
                yield current
            current = Block(kind, [], level)
        if kind == "paragraph" and current.parts:
            is_broken = current.parts[0][-1]["kind"] == "break"
            current.parts[0] += [*([] if is_broken else [{"kind": "text", "text": " "}]), *_spans(words)]
        else:
            current.parts.append(_spans(words))
        if kind == "paragraph" and line.endswith(_HARD_BREAK):
            current.parts[0].append({"kind": "break"})
    if current is not None:
        yield current


def _read_line(line: str) -> tuple[str, str, int]:
    stripped = line.strip()
    if found := _HEADING.fullmatch(stripped):
        return "heading", found[2], len(found[1])
    if found := _BULLET.fullmatch(stripped):
        return "bullets", found[1], 0
    if found := _NUMBER.fullmatch(stripped):
        return "numbers", found[1], 0
    return "paragraph", stripped, 0


def _next_level(level: int, blocks: list[Block]) -> int:
    """Levels go down one at a time (PDF/UA-1, 7.4): the title of the letter is the first."""
    before = next((block.level for block in reversed(blocks) if block.kind == "heading"), 1)
    return min(level, before + 1)


def _spans(text: str) -> list[dict[str, str]]:
    spans: list[dict[str, str]] = []
    at = 0
    for found in _SPAN.finditer(text):
        target = found["target"]
        if target is not None and not _TARGET.fullmatch(target):
            continue
        if found.start() > at:
            spans.append({"kind": "text", "text": text[at : found.start()]})
        kind = "link" if target is not None else "strong" if found["strong"] is not None else "emphasis"
        spans.append({"kind": kind, "text": found["words"] or found["strong"] or found["emphasis"] or ""})
        if target is not None:
            spans[-1]["target"] = target
        at = found.end()
    if at < len(text):
        spans.append({"kind": "text", "text": text[at:]})
    return spans
