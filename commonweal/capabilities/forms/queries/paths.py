"""The path through a form, as the front ends that walk it name its parts."""

from commonweal.capabilities.forms.rules.paths import Path, Place

__all__ = ["Path", "Place"]
