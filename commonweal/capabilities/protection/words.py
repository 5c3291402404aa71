"""How people read what the rules and declarations know by codes."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Words
from commonweal.foundations.personal_data.declarations import Category

EXEMPTIONS_SAID: dict[str, Words] = {
    "crime": _("Crime and taxation"),
    "privilege": _("Legal professional privilege"),
    "protecting_public": _("Functions that protect the public"),
    "regulatory": _("Regulatory functions (legal, health, children’s services, other)"),
    "judicial": _("Judicial appointments, independence and proceedings"),
    "journalism": _("Journalism, academia, art and literature"),
    "research": _("Research and statistics"),
    "archiving": _("Archiving in the public interest"),
    "serious_harm": _("Health, education or social work: serious harm"),
    "child_abuse": _("Child abuse data"),
    "forecasting": _("Management forecasting"),
    "negotiations": _("Negotiations"),
    "references": _("Confidential references"),
    "exams": _("Exam scripts and marks"),
    "parliament": _("Parliamentary privilege"),
    "honours": _("Crown honours and appointments"),
    "immigration": _("Immigration"),
    "unfounded": _("Manifestly unfounded or excessive request"),
    "others": _("Information about others"),
}
"""The exemptions of the rules, in the same order."""

EXTENSIONS_SAID: dict[str, Words] = {
    "complexity": _("It is complex"),
    "number": _("They have made many requests"),
}
"""Why a request may be extended (UK GDPR Article 12A(3))."""

CLARIFICATIONS_SAID: dict[str, Words] = {
    "large_amount": _("We hold a large amount of information about them"),
    "unclear": _("We cannot tell which information or use of it they mean"),
}
"""Why clarification may be asked (UK GDPR Article 12A(4) and (5)): only where it is reasonably needed."""

FEES_SAID: dict[str, Words] = {
    "unfounded": _("It is manifestly unfounded"),
    "excessive": _("It is manifestly excessive"),
}
"""Why a fee may be asked (UK GDPR Article 12(5))."""

REFUSALS_SAID: dict[str, Words] = {
    "unfounded": _("It is manifestly unfounded"),
    "excessive": _("It is manifestly excessive"),
    "unknown": _("They did not show who they are, or that they can ask"),
    "not_applicable": _("This right does not apply here, by law"),
    "exempt": _("An exemption applies to all of it"),
}
"""On which ground a request may be refused (UK GDPR Articles 12 and 15 to 22, DPA 2018 Schedules 2 to 4)."""

CATEGORIES_SAID: dict[Category, Words] = {
    Category.NAME: _("names"),
    Category.CONTACT: _("contact details"),
    Category.ADDRESS: _("addresses"),
    Category.PLACE: _("places"),
    Category.BIRTH_DATE: _("dates of birth"),
    Category.IDENTIFIER: _("numbers that identify you"),
    Category.ONLINE_IDENTIFIER: _("when and how you signed in"),
    Category.PREFERENCE: _("what you prefer, such as your language"),
    Category.CREDENTIAL: _("what you sign in with"),
    Category.ANSWER: _("answers to our questions"),
    Category.FREE_TEXT: _("what you wrote in your own words"),
    Category.CORRESPONDENCE: _("what we wrote to each other"),
    Category.HISTORY: _("what happened"),
    Category.WORK: _("who of our staff dealt with it"),
    Category.FINANCIAL: _("money"),
    Category.HEALTH: _("health"),
}
"""Kinds of personal data, as whoever they are about reads them (UK GDPR Article 15(1)(b))."""

FIELDS_SAID: dict[str, Words] = {
    "name": _("Name"),
    "email": _("Email address"),
    "phone": _("Phone number"),
    "birth_date": _("Date of birth"),
    "language": _("Language"),
    "place": _("Address or place"),
    "postcode": _("Postcode"),
}
"""What people told of themselves that has a place of its own, and is no answer to a question."""

TABLES_SAID: dict[str, Words] = {
    "people.person": _("Names and contact points"),
    "people.name": _("Other names"),
    "people.marker": _("Safety instructions"),
    "people.death": _("Deaths"),
    "forms.submission": _("Applications as they were sent"),
    "forms.answer": _("Answers in applications"),
    "forms.given_file": _("Files in applications"),
    "cases.case": _("Cases"),
    "cases.note": _("Notes on cases"),
    "cases.move": _("Moves of cases"),
    "cases.clock": _("Dates of cases"),
    "cases.fact": _("What was recorded of cases"),
    "cases.party": _("Other people in cases"),
    "cases.letter": _("Letters"),
    "cases.decision": _("Decisions"),
    "cases.round": _("Challenges of decisions"),
    "cases.sent_back": _("Questions to applicants"),
    "cases.grant": _("What was granted"),
    "cases.attachment": _("Documents of cases"),
    "messages.message": _("Messages"),
    "files.file": _("Files"),
    "protection.request": _("Requests about information"),
    "protection.step": _("Steps of requests"),
    "protection.question": _("Questions about openings"),
    "identity.relation": _("Staff who are related to them"),
    "messages.stop": _("That nothing more is sent"),
    "personal_data.restriction": _("What may not be used"),
    "protection.erasure_choice": _("Choices about an erasure"),
    "protection.erasureline": _("What an erasure did"),
    "protection.notice": _("Who was told of a correction"),
    "protection.requestpause": _("Pauses of requests"),
    "protection.restriction_order": _("Decisions to restrict"),
    "protection.statement": _("Statements beside cases"),
    "cases.clockmove": _("Dates of cases that moved"),
    "cases.clockpause": _("Pauses of dates of cases"),
    "cases.disclosure": _("What was published of cases"),
    "cases.handover": _("Handovers of cases"),
    "cases.link": _("Links between cases"),
    "cases.succession": _("Who acts for the estate"),
    "cases.tick": _("Tasks of cases"),
    "cases.undoable": _("Latest changes of cases"),
    "cases.writing": _("When somebody wrote on cases"),
    "files.part": _("Parts of uploads"),
}
"""What is held, by the label of its table, in a record of a search and in a copy."""
