"""The smallest complete declaration, as text, and changes to it."""

from django.conf import settings

MISSED_COLLECTION = settings.SERVICES / "missed_collection" / "service.yaml"

SMALLEST = """\
name: lost_property
title: {en: Report lost property, cy: Rhoi gwybod am eiddo coll}
summary: {en: Tell us what you lost., cy: Dywedwch beth golloch chi.}
takes: {en: A minute., cy: Munud.}
owner: {en: Reception, cy: Derbynfa}
team: Waste and recycling
offered_by:
  powers: [waste_collection]
  nations: [England]
channels: [online]
lawfulness:
  basis: public_task
  purpose: {en: to give it back, cy: i'w roi'n ôl}
  law:
    England: {en: Local Government Act 1972, cy: Deddf Llywodraeth Leol 1972}
  seen_by:
    - {en: reception, cy: y dderbynfa}
pages:
  - key: you
    title: {en: You, cy: Chi}
    questions:
      - key: name
        type: name
        label: {en: Full name, cy: Enw llawn}
        called: {en: Your full name, cy: Eich enw llawn}
        if_missing: {en: Enter your full name, cy: Nodwch eich enw llawn}
        holds: name
        why: {en: to address you, cy: i'ch cyfarch}
        fills: person.name
      - key: email
        type: email
        label: {en: Email address, cy: E-bost}
        called: {en: Your email address, cy: Eich e-bost}
        if_missing: {en: Enter your email address, cy: Nodwch eich e-bost}
        holds: contact
        why: {en: to write to you, cy: i ysgrifennu atoch}
        fills: person.email
case:
  stages:
    - key: received
      label: {en: Received, cy: Wedi dod i law}
      words: {en: We have it., cy: Mae gennym ni.}
    - key: done
      label: {en: Done, cy: Wedi'i gwblhau}
      words: {en: It is done., cy: Mae wedi'i gwblhau.}
      is_final: true
  moves: []
  outcomes:
    - key: found
      label: {en: Found, cy: Wedi'i ganfod}
      words: {en: We found it., cy: Daethom o hyd iddo.}
      roles: [case_worker]
      keep:
        England: {months: 12, basis: {en: Article 5, cy: Erthygl 5}, reason: {en: later questions, cy: cwestiynau}}
  clocks:
    - key: answer
      label: {en: Answer, cy: Ateb}
      working_days: 5
      source: service_standard
      words: {en: In 5 days., cy: Mewn 5 diwrnod.}
messages:
  received:
    subject: {en: We have it, cy: Mae gennym ni}
    body: {en: "Your reference is {reference}.", cy: "Eich cyfeirnod yw {reference}."}
  outcome:
    subject: {en: It is done, cy: Wedi'i gwblhau}
    body: {en: "{outcome}", cy: "{outcome}"}
"""


def changed(old: str, new: str, text: str = SMALLEST) -> str:
    """The declaration with one part replaced; AssertionError when the part is not there exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_of(part: str, text: str = SMALLEST) -> int:
    """The line, from 1, on which a part of the text begins."""
    return text[: text.index(part)].count("\n") + 1
