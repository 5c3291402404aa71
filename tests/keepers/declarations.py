"""Declarations as older versions stored them: whoever began under one still finishes under it (rule 11).

`python -m tests.keepers.declarations` records those of services/ beside what was recorded before, once they landed.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from pydantic import BaseModel, ValidationError

RECORDED = Path(__file__).resolve().parents[1] / "migrations" / "declarations"


def recorded() -> dict[str, Any]:
    """What was stored, by the name of its file."""
    return {path.name: json.loads(path.read_text()) for path in sorted(RECORDED.glob("*.json"))}


def faults_of(stored: Any, declared: type[BaseModel]) -> Iterator[str]:
    """What the types of this version cannot read of it."""
    try:
        declared.model_validate_json(json.dumps(stored))
    except ValidationError as error:
        yield from (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())


def lost_in(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """What stood in `old` and does not, or otherwise, in `new`, which may have more."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            yield from lost_in(value, new.get(key), f"{place}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, pair in enumerate(zip(old, new, strict=True)):
            yield from lost_in(*pair, f"{place}[{number}]")
    elif old != new:
        yield place


def record() -> None:
    """Write down what this version stores of each service, under the digest of its content."""
    from commonweal.capabilities.catalogue.rules.loading import load

    RECORDED.mkdir(exist_ok=True)
    for path in sorted(Path(settings.SERVICES).glob("*/service.yaml")):
        stored = load(path.read_text(), file=str(path)).model_dump_json(indent=1) + "\n"
        digest = sha256(stored.encode()).hexdigest()[:8]
        (RECORDED / f"{path.parent.name}-{digest}.json").write_text(stored)


if __name__ == "__main__":
    django.setup()
    record()
