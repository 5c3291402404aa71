"""How the officer reads what the rules know by codes."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.errors import Words

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
