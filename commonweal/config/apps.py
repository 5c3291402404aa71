from importlib import import_module

from django.apps import AppConfig


class LastConfig(AppConfig):
    """The last app to be ready: by then every model is known, so an incomplete declaration stops the start here."""

    name = "commonweal.config"
    label = "config"

    def ready(self) -> None:
        from commonweal.foundations.personal_data.startup import refuse_undeclared

        refuse_undeclared()
        import_module("commonweal.frontends.website.accounts.signals")
