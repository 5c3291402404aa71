"""Convert declarations that older versions of the platform stored: cases end under the version they began with."""

from typing import Any

_THE_CLOCK = {"key": "answer", "label": {"en": "Answer", "cy": "Ateb"}}


def as_now(stored: Any) -> Any:
    """A stored declaration in the present form. A case had one clock, without a name; now it has several."""
    case = stored.get("case", {})
    if "clock" not in case:
        return stored
    others = {key: value for key, value in case.items() if key != "clock"}
    return {**stored, "case": {**others, "clocks": [{**_THE_CLOCK, **case["clock"]}]}}
