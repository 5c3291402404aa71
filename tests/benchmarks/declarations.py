"""Reading the largest service under services/: from its text, and as it is stored."""

import json
from pathlib import Path

import yaml
from django.conf import settings

from commonweal.capabilities.catalogue.queries.declarations import Service
from commonweal.capabilities.catalogue.queries.older import as_now
from commonweal.capabilities.catalogue.rules.loading import load
from tests.benchmarks.figures import Figure, in_turns

_N = 30


def figures() -> list[Figure]:
    """definition.load_ms: text to a checked declaration, beside YAML alone by the fastest parser there is for it.

    definition.read_ms: what the database holds to a declaration, once a version and process, beside JSON alone.
    """
    largest = max(Path(settings.SERVICES).glob("*/service.yaml"), key=lambda path: path.stat().st_size)
    text = largest.read_text()
    stored = load(text, file=str(largest)).model_dump_json()
    fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded, parsed, read, decoded = in_turns(
        [
            lambda: load(text, file=str(largest)),
            lambda: yaml.load(text, fastest),  # noqa: S506 (a safe one either way)
            lambda: Service.model_validate_json(json.dumps(as_now(json.loads(stored)))),
            lambda: json.loads(stored),
        ],
        _N,
    )
    return [_figure("definition.load_ms", loaded, parsed), _figure("definition.read_ms", read, decoded)]


def _figure(name: str, ours: float, floor: float) -> Figure:
    return Figure(name, ours * 1000, "ms", floor * 1000, ours / floor, _N)
