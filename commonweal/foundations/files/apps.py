from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Imports the modules that register themselves: upload steps, forgetting after a restore, and the sweep."""

    name = "commonweal.foundations.files"
    label = "files"

    def ready(self) -> None:
        for part in ("uploading", "forgetting", "sweeping"):
            import_module(f"commonweal.foundations.files.{part}")
