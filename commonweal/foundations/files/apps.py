from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "commonweal.foundations.files"
    label = "files"

    def ready(self) -> None:
        import_module("commonweal.foundations.files.forgetting")
        import_module("commonweal.foundations.files.sweeping")
