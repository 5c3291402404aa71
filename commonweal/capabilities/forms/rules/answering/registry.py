"""Every type of question and how it is answered. A new type is added here, and in `asking` where it is shown."""

from commonweal.capabilities.catalogue.queries.questions import QuestionType
from commonweal.capabilities.forms.rules.answering import choosing, codes, contacts, days, numbers, places, words
from commonweal.capabilities.forms.rules.answering.family import Answering
from commonweal.capabilities.forms.rules.answering.files import FILE

ANSWERING: dict[QuestionType, Answering] = {
    QuestionType.TEXT: words.TEXT,
    QuestionType.LONG_TEXT: words.LONG_TEXT,
    QuestionType.NAME: words.NAME,
    QuestionType.ORGANISATION: words.ORGANISATION,
    QuestionType.STATEMENT: words.STATEMENT,
    QuestionType.NUMBER: numbers.NUMBER,
    QuestionType.MONEY: numbers.MONEY,
    QuestionType.DATE: days.DATE,
    QuestionType.RECENT_DATE: days.RECENT_DATE,
    QuestionType.PARTIAL_DATE: days.PARTIAL_DATE,
    QuestionType.YES_NO: choosing.YES_NO,
    QuestionType.CHOICE: choosing.CHOICE,
    QuestionType.CHOICES: choosing.CHOICES,
    QuestionType.DECLARATION: choosing.DECLARATION,
    QuestionType.ADDRESS: places.ADDRESS,
    QuestionType.PLACE: places.PLACE,
    QuestionType.EMAIL: contacts.EMAIL,
    QuestionType.PHONE: contacts.PHONE,
    QuestionType.NATIONAL_INSURANCE_NUMBER: codes.NATIONAL_INSURANCE_NUMBER,
    QuestionType.NHS_NUMBER: codes.NHS_NUMBER,
    QuestionType.VEHICLE_REGISTRATION: codes.VEHICLE_REGISTRATION,
    QuestionType.REFERENCE: codes.REFERENCE,
    QuestionType.FILE: FILE,
}
