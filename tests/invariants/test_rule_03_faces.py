"""Rule 3: a capability is used by its face (actions, queries, events, errors) and nothing else."""

import pytest

from tests.keepers.imports import allows

PEOPLE = "commonweal.capabilities.people"
CASES = "commonweal.capabilities.cases.actions"
OUTSIDERS = [
    CASES,
    "commonweal.frontends.website.council",
    "commonweal.config.urls",
    "commonweal.foundations.scope.scopes",
]


@pytest.mark.parametrize("outsider", OUTSIDERS)
@pytest.mark.parametrize("inside", ["models", "rules", "handlers", "tasks", "apps", "migrations.0001_initial", "tests"])
def test_what_is_inside_a_capability_is_its_own(outsider: str, inside: str) -> None:
    assert not allows("faces", (outsider, f"{PEOPLE}.{inside}"))


def test_a_capability_as_a_whole_is_no_face() -> None:
    assert not allows("faces", (CASES, PEOPLE))


@pytest.mark.parametrize("face", ["actions", "queries", "events", "errors", "actions.recording"])
def test_the_face_may_be_used(face: str) -> None:
    assert allows("faces", (CASES, f"{PEOPLE}.{face}"))


def test_a_capability_uses_its_own_insides() -> None:
    assert allows("faces", (f"{PEOPLE}.tests.test_rules", f"{PEOPLE}.models"))
