from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "commonweal.foundations.personal_data"
    label = "personal_data"
