from django.apps import AppConfig


class ScopeConfig(AppConfig):
    name = "commonweal.foundations.scope"
    label = "scope"
