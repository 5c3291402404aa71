"""YAML that remembers its lines: plain values, and the line of each place in them.

Only text, whole numbers, true, false and null: `no`, `on` and dates stay the text they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

Loc = tuple[str | int, ...]

_LONGEST = 512 * 1024
_DEEPEST = 24
_MOST_VALUES = 20_000
_IN_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What cannot be seen and ends lines in other programs (a header of a mail among them), or turns what follows."""


class NotReadable(ValueError):
    """The text is not YAML as declarations use it; `line` counts from 1."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line, self.sentence = line, sentence
        super().__init__(sentence)


class _Tags(Resolver):
    yaml_implicit_resolvers: dict[str, Any] = {}


_Tags.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))
_Tags.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789"))
_Tags.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


class _Careful(_Tags, yaml.SafeLoader):
    """Says best what is wrong."""


class _Quick(Composer, _Tags, yaml.CSafeLoader):
    """Eight times as quick, by libyaml. Its own composer, in C, crashes the process on what is nested deeply."""

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)


_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:null": lambda text: None,
}


@dataclass(frozen=True)
class Document:
    """What the text says, with the nodes it was read from."""

    value: Any
    root: yaml.Node

    def line_of(self, loc: Loc) -> int:
        """The line, from 1, of a place; of the nearest part around it when the place itself is missing."""
        node, line = self.root, _line(self.root)
        for step in loc:
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == step), None)
                if found is None:
                    break
                line, node = _line(found[0]), found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = _line(node)
            else:
                break
        return line


def read(text: str) -> Document:
    """Read one YAML document. Raises NotReadable with the line of the first thing that is wrong."""
    if len(text) > _LONGEST:
        raise NotReadable(1, "The file is longer than a declaration may be.")
    try:
        root = _quickly(text) or _Careful(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise NotReadable(line, f"This is not YAML: {error.problem or error.context}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise NotReadable(line, "This line holds a character that YAML does not allow.") from None
    except RecursionError:
        raise NotReadable(1, "This is nested too deeply.") from None
    if root is None:
        raise NotReadable(1, "The file is empty.")
    return Document(_Plain().value_of(root, 0), root)


def _quickly(text: str) -> yaml.Node | None:
    try:
        return _Quick(text).get_single_node()
    except (yaml.YAMLError, UnicodeEncodeError):
        return None


class _Plain:
    """Turns nodes into plain values, and counts them and their letters: an alias repeats what it points at."""

    def __init__(self) -> None:
        self.count = self.letters = 0

    def value_of(self, node: yaml.Node, depth: int) -> Any:
        self.count += 1
        if depth > _DEEPEST or self.count > _MOST_VALUES:
            raise NotReadable(_line(node), "This is nested too deeply or repeats too much.")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value_of(item, depth + 1) for item in node.value]
        convert = _SCALARS.get(node.tag)
        if convert is None or not isinstance(node, yaml.ScalarNode):
            raise NotReadable(_line(node), "This kind of value is not used in declarations.")
        return convert(self._text_of(node))

    def _text_of(self, node: yaml.ScalarNode) -> str:
        text = str(node.value)
        self.letters += len(text)
        if self.letters > _LONGEST:
            raise NotReadable(_line(node), "This is nested too deeply or repeats too much.")
        if _IN_NO_TEXT.search(text):
            raise NotReadable(_line(node), "This line holds a character that no text may have.")
        return text

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise NotReadable(_line(key), "A field name must be a word.")
            name = self._text_of(key)
            if name in made:
                raise NotReadable(_line(key), f"{name} is given twice.")
            made[name] = self.value_of(value, depth + 1)
        return made


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
