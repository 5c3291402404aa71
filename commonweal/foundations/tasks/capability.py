"""The start of every capability: its handlers and tasks are registered when Django starts."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

from django.apps import AppConfig


class CapabilityConfig(AppConfig):
    """Imports what a capability answers to, so that nothing else needs to know it by name."""

    def ready(self) -> None:
        for part in ("actions", "queries", "handlers", "tasks"):
            if find_spec(f"{self.name}.{part}"):
                module = import_module(f"{self.name}.{part}")
                for inner in walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
                    import_module(inner.name)
