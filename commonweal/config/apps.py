from importlib import import_module

from django.apps import AppConfig


class LastConfig(AppConfig):
    """The last app to be ready: by then every model is known, so an incomplete declaration stops the start here."""

    name = "commonweal.config"
    label = "config"

    def ready(self) -> None:
        from commonweal.foundations.personal_data.startup import refuse_undeclared
        from commonweal.foundations.personal_data.subjects.plan import refuse_unplanned

        refuse_undeclared()
        refuse_unplanned()
        import_module("commonweal.frontends.website.accounts.signals")
        import_module("commonweal.foundations.tasks.forgetting")
