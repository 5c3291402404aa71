"""A service that asks every type of question, and what somebody types into each of its pages."""

from django.conf import settings

from commonweal.foundations.clocks.now import today

DECLARATION = settings.SERVICES.parent / "tests" / "journeys" / "every_type.yaml"
DAY = today()
TYPED: dict[str, dict[str, str | list[str]]] = {
    "before": {},
    "you": {
        "name": "Ö",
        "email": "o@people.example",
        "phone": "+44 7700 900 123",
        "born-day": "29",
        "born-month": "Feb",
        "born-year": "1984",
        "moved-day": "",
        "moved-month": "5",
        "moved-year": "2019",
    },
    "home": {"home-line1": "1 High Street", "home-line2": "", "home-town": "Leeds", "home-postcode": "ls11ur"},
    "amounts": {"rent": "£1,200.50", "people": " 4 ", "weight": "12.5 kg"},
    "help": {"help": ["travel", "bins"]},
    "numbers": {"insurance": "ab123456c", "nhs": "943-476-5870", "car": "ab12cde", "earlier": ""},
    "more": {
        "owner": "no",
        "drink": "tea",
        "employer": "Bins & Sons",
        "colour": "🟢 green",
        "broke-day": str(DAY.day),
        "broke-month": str(DAY.month),
        "broke-year": str(DAY.year),
        "story": "First.\r\n\r\nThen.",
    },
    "where": {"place-address": "2 Mill Lane", "place-postcode": "LS1 1UR"},
    "truth": {"truth": "yes"},
}
