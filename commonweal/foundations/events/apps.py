from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "commonweal.foundations.events"
    label = "events"
