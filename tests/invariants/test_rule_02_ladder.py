"""Rule 2: every capability has its rung on the declared ladder; imports point down it, events flow up."""

import pytest

from tests.keepers.imports import allows

CAPABILITIES = "commonweal.capabilities"


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("organisations", "catalogue"),
        ("catalogue", "identity"),
        ("identity", "people"),
        ("people", "messages"),
        ("messages", "forms"),
        ("forms", "cases"),
        ("cases", "protection"),
        ("organisations", "protection"),
    ],
)
def test_a_capability_does_not_look_up(lower: str, higher: str) -> None:
    assert not allows("ladder", (f"{CAPABILITIES}.{lower}.handlers", f"{CAPABILITIES}.{higher}.events"))


def test_a_capability_may_look_down() -> None:
    assert allows("ladder", (f"{CAPABILITIES}.protection.handlers", f"{CAPABILITIES}.people.queries"))


def test_a_capability_without_a_rung_is_refused() -> None:
    assert not allows("ladder", modules=(f"{CAPABILITIES}.parking",))
