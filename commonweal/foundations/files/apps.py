from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Imports what nothing else may have imported: the steps of uploads, the forgetting after a restore, the sweep."""

    name = "commonweal.foundations.files"
    label = "files"

    def ready(self) -> None:
        for part in ("uploading", "forgetting", "sweeping"):
            import_module(f"commonweal.foundations.files.{part}")
