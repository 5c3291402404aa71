"""The forms under which a name is kept: at most 25, each with a letter that says what it is. Pure.

w word · f first three letters · p sound · i first letter of one word with the sound of another · s sounds of two words
· d word with a letter left out · t three letters in a row, with the first letter of the word (which makes them rarer)
"""

from collections.abc import Iterator
from itertools import combinations, islice

from commonweal.foundations.search.phonetics import first_letter_of, sound_of
from commonweal.foundations.search.spelling import Word, words_of

MOST_FORMS = 25
SHORT = 7
"""Up to so many letters a word tolerates a wrong letter by leaving each out once; a longer one by its trigrams."""
_MOST_WORDS, _LONGEST = 5, 12


def forms_of_name(name: str) -> list[str]:
    """What a stored name is found by; the same name gives the same forms in the same order."""
    words = words_of(name)[:_MOST_WORDS]
    main = _main(words)
    found = dict.fromkeys(f"w:{text}" for word in words for text in (word.text, *word.others))
    found.update(dict.fromkeys(f"p:{sound}" for word in main if (sound := sound_of(word))))
    found.update(dict.fromkeys(_pairs(main)))
    found.update(dict.fromkeys(f"f:{word[:3]}" for word in main if len(word) > 3))
    tolerant = (form for word in main for form in tolerant_forms(word))
    return list(islice(dict.fromkeys([*found, *tolerant]), MOST_FORMS))


def pair_of_initial(letter: str, sound: str) -> str:
    """A first letter with the sound of another word: `J Smith`."""
    return f"i:{letter} {sound}"


def pair_of_sounds(one: str, other: str) -> str:
    """The sounds of two words, in whichever order they stand."""
    return "s:" + " ".join(sorted((one, other)))


def tolerant_forms(word: str) -> Iterator[str]:
    """What a word still shares with itself misspelt."""
    if len(word) > SHORT:
        yield from trigrams(word)
    elif len(word) > 2:
        yield from (f"d:{shorter}" for shorter in with_one_left_out(word))


def with_one_left_out(word: str) -> list[str]:
    """The word without each of its letters in turn (a wrong, missing, added or swapped letter meets in these)."""
    return list(dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word))))


def with_two_swapped(word: str) -> list[str]:
    """The word with each two letters in a row the other way round."""
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return [other for other in dict.fromkeys(swapped) if other != word]


def trigrams(word: str) -> list[str]:
    """Three letters in a row of the beginning of a word (12 letters at most), with its first letter's class."""
    begun, letter = f"${word[:_LONGEST]}", first_letter_of(word)
    return list(dict.fromkeys(f"t:{letter} {begun[at : at + 3]}" for at in range(len(begun) - 2)))


def _main(words: list[Word]) -> list[str]:
    """The words that also count by sound and misspelt: the last, the first, and one between."""
    texts = [word.text for word in words if len(word.text) > 1]
    return list(dict.fromkeys([*texts[-1:], *texts[:1], *texts[1:2]]))


def _pairs(words: list[str]) -> Iterator[str]:
    sounds = {word: sound for word in words if (sound := sound_of(word))}
    for one, other in combinations(sounds, 2):
        yield pair_of_sounds(sounds[one], sounds[other])
    for one, other in ((one, other) for one in words for other in words if one != other):
        if other in sounds and words[0] in (one, other):
            yield pair_of_initial(one[0], sounds[other])
