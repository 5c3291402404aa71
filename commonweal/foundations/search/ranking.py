"""How likely somebody is the one who was asked for, from the forms that the question shares with what is kept. Pure.

Each word of the question counts by its best evidence: the word itself > a name it stands for > its sound > what it
shares with a misspelling. Sound and spelling together add, and so do birth date, phone number, e-mail and place.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice, permutations, product
from string import ascii_lowercase
from typing import NamedTuple

from commonweal.foundations.search.alike import names_like
from commonweal.foundations.search.asking import Asked
from commonweal.foundations.search.names import (
    SHORT,
    pair_of_initial,
    pair_of_sounds,
    trigrams,
    with_one_left_out,
    with_two_swapped,
)
from commonweal.foundations.search.phonetics import initials_like, sound_of
from commonweal.foundations.search.rules import Day, Exact, Names, Phone
from commonweal.foundations.search.spelling import PARTICLES, Word

Form = tuple[str, str]
"""A kind and a normal form of it: what becomes a token."""

PAIR = 0


class Hint(NamedTuple):
    """What a form says for a part of the question: a word (from 1), two words at once (PAIR), a fact (below 0).

    The best hint of a part counts, or the sum of those that are to be added up.
    """

    part: int
    weight: float
    is_added: bool = False


_ALL_SHARED = 58
_ITSELF, _JOINED, _ALIKE, _SOUND, _SPELT, _BEGINNING, _SHORT_SOUND = 100, 92, 85, 60, 55, 46, 40
_AGREEING = 12
"""More for a word that both sounds and is spelt nearly alike."""
_ENOUGH = 44
"""A word with less evidence counts as missing."""
_FACTS = {Day.kind: 120, Phone.kind: 150, Exact.kind: 150}
NEAR = 90
"""What it counts that something of theirs is at the place asked for."""
_LEAST_SHARED = 0.42
_MOST_ALIKE, _MOST_PAIRS = 40, 60


@dataclass(frozen=True)
class Evidence:
    """What one word of the question may be found by: forms with what each is worth of 100."""

    words: Mapping[str, int]
    sounds: Mapping[str, int]
    spellings: Mapping[str, int]
    trigrams: frozenset[str]
    is_slight: bool

    def level(self, found: Collection[str]) -> int:
        """What the forms of a person say for this word, from 0 to 100."""
        word = _best(self.words, found)
        if word > _SPELT:
            return word
        sound, spelt = _best(self.sounds, found), max(_best(self.spellings, found), self._shared(found), word)
        return max(sound, spelt) + (_AGREEING if sound and spelt else 0)

    def _shared(self, found: Collection[str]) -> int:
        share = sum(form in self.trigrams for form in found) / max(len(self.trigrams), 1)
        return round(_ALL_SHARED - 25 * (1 - share)) if share >= _LEAST_SHARED else 0


class Question:
    """What was asked, ready to be looked up (`forms`) and to judge what was found (`score`)."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._evidence = [_evidence_for(word, asked.words) for word in asked.words]

    @cached_property
    def forms(self) -> dict[Form, tuple[Hint, ...]]:
        """Every form to look up, with what it says of which part of the question: who is looked at closely."""
        found: dict[Form, list[Hint]] = {}
        for part, evidence in enumerate(self._evidence, 1):
            share = _ALL_SHARED / max(len(evidence.trigrams), 1)
            hints = {form: Hint(part, share, is_added=True) for form in evidence.trigrams}
            for levels in (evidence.spellings, evidence.sounds, evidence.words):
                hints |= {form: Hint(part, level) for form, level in levels.items()}
            for form, hint in hints.items():
                found.setdefault((Names.kind, form), []).append(hint)
        for form, weight in _pairs(self.asked.words):
            found.setdefault((Names.kind, form), []).append(Hint(PAIR, weight))
        for number, fact in enumerate(self.asked.facts, 1):
            found.setdefault(fact, []).append(Hint(-number, _FACTS[fact[0]]))
        return {form: tuple(hints) for form, hints in found.items()}

    def score(self, found: Collection[Form], *, is_near: bool = False) -> int:
        """How well a person fits; 0 when they are not the one. `is_near`: something of theirs is at the place asked."""
        forms = {form for kind, form in found if kind == Names.kind}
        facts = sum(_FACTS[kind] for kind, form in self.asked.facts if (kind, form) in found) + (NEAR if is_near else 0)
        levels = [(evidence.level(forms), evidence.is_slight) for evidence in self._evidence]
        wanted = sum(not is_slight for _level, is_slight in levels) or len(levels)
        held = sum(level >= _ENOUGH for level, is_slight in levels if not is_slight or wanted == len(levels))
        missing = wanted - held
        is_enough = missing == 0 or (missing == 1 and wanted >= 3) or (facts > 0 and held > 0)
        if not is_enough or not (facts or held):
            return 0
        return facts + sum(level for level, _is_slight in levels)


def _best(levels: Mapping[str, int], found: Collection[str]) -> int:
    return max((levels[form] for form in found if form in levels), default=0)


def _alike(word: str) -> list[str]:
    """The word and what it stands for."""
    return [word, *islice(sorted(names_like(word)), _MOST_ALIKE)]


def _evidence_for(asked: Word, all_asked: tuple[Word, ...]) -> Evidence:
    word = asked.text
    words = {f"w:{alike}": _ALIKE for alike in _alike(word)} | {f"w:{other}": _JOINED for other in asked.others}
    words[f"w:{word}"] = _ITSELF
    if len(word) == 1:
        others = {sound_of(alike) for other in all_asked if other is not asked for alike in _alike(other.text)} - {""}
        words |= {pair_of_initial(like, sound): _ENOUGH for like in initials_like(word) for sound in others}
        words |= {pair_of_initial(word, sound): _BEGINNING for sound in others}
    else:
        words.setdefault(f"w:{word[0]}", _BEGINNING)
    sound = sound_of(word)
    return Evidence(
        words=words,
        sounds={f"p:{sound}": _SOUND if len(sound) > 2 else _SHORT_SOUND} if sound else {},
        spellings=dict(_spellings(word)),
        trigrams=frozenset(trigrams(word)) if len(word) > 3 else frozenset(),
        is_slight=word in PARTICLES,
    )


def _spellings(word: str) -> Iterator[tuple[str, int]]:
    """What a kept word shares with this one when one of them has a letter wrong, more, fewer or swapped."""
    if len(word) == 3:
        yield f"f:{word}", _BEGINNING
    if len(word) > 1:
        yield f"d:{word}", _SPELT
    yield from ((f"w:{swapped}", _SPELT) for swapped in with_two_swapped(word))
    if len(word) > 3:
        for shorter in with_one_left_out(word):
            yield f"w:{shorter}", _SPELT
            yield f"d:{shorter}", _SPELT
    if len(word) >= SHORT:
        # Of a long word whose first letter is gone not a trigram is left: each carries it.
        yield from ((f"w:{letter}{word}", _SPELT) for letter in ascii_lowercase)


def _pairs(words: tuple[Word, ...]) -> Iterator[tuple[str, float]]:
    """Two words at once: rare where each alone is common."""
    alike = [[word.text, *word.others, *_alike(word.text)[1:]] for word in words]
    sounds = [list(dict.fromkeys(sound for each in group if (sound := sound_of(each)))) for group in alike]
    letters = [list(dict.fromkeys(letter for each in group for letter in _initials(each))) for group in alike]
    for one, other in combinations(sounds, 2):
        yield from ((pair_of_sounds(*pair), 2.0 * _SOUND) for pair in islice(product(one, other), _MOST_PAIRS))
    for first, second in permutations(range(len(words)), 2):
        pairs = product(letters[first], sounds[second][:3])
        yield from ((pair_of_initial(*pair), 80.0) for pair in islice(pairs, _MOST_PAIRS))


def _initials(word: str) -> str:
    """The letters that somebody's name may begin with who is asked for by this word."""
    return word[0] + initials_like(word[0])
