"""A service that routes, repeats, exits, asks of a party and of staff, and has a fee: for the tests of filling in."""

NAME = "lost_property"

ROUTED = """\
name: lost_property
title: {en: Report lost property, cy: Rhoi gwybod am eiddo coll}
summary: {en: Tell us what you lost., cy: Dywedwch beth golloch chi.}
takes: {en: A minute., cy: Munud.}
owner: {en: Reception, cy: Derbynfa}
team: Waste and recycling
offered_by:
  powers: [waste_collection]
  nations: [England]
channels: [online, phone, counter]
draft_days: 21
parties:
  - key: owner
    label: {en: "The owner", cy: "Y perchennog"}
    whose: other
fee:
  pence: "answers.has_things ? size(answers.things) * 250 : 0"
  words: {en: "for keeping it, paid when you collect it", cy: "am ei gadw, i'w dalu wrth gasglu"}
lawfulness:
  basis: public_task
  purpose: {en: to give it back, cy: i'w roi'n ôl}
  law:
    England: {en: Local Government Act 1972, cy: Deddf Llywodraeth Leol 1972}
  seen_by:
    - {en: reception, cy: y dderbynfa}
pages:
  - key: kind
    title: {en: "Kind", cy: "Math"}
    questions:
      - key: is_animal
        type: yes_no
        label: {en: "Is it an animal?", cy: "Ai anifail ydyw?"}
        called: {en: "Your answer", cy: "Eich ateb"}
        if_missing: {en: "Select yes or no", cy: "Dewiswch ie neu na"}
        holds: nothing_personal
      - key: has_things
        type: yes_no
        label: {en: "Do you know what it was?", cy: "Ydych chi'n gwybod beth oedd?"}
        called: {en: "Your answer", cy: "Eich ateb"}
        if_missing: {en: "Select whether you know it", cy: "Dewiswch a ydych yn ei wybod"}
        holds: nothing_personal
    exits:
      - key: animal
        when: answers.is_animal
        title: {en: "Animals are not kept here", cy: "Nid ydym yn cadw anifeiliaid"}
        words: {en: "The dog warden keeps animals.", cy: "Mae'r warden cŵn yn cadw anifeiliaid."}
        speak_to: {en: "Call the warden on 01632 960 010.", cy: "Ffoniwch y warden ar 01632 960 010."}
  - key: things
    title: {en: "What you lost", cy: "Beth golloch chi"}
    shown_when: answers.has_things
    repeats:
      called: {en: "thing", cy: "peth"}
      add: {en: "Add another thing", cy: "Ychwanegu peth arall"}
      at_least: 1
      at_most: 3
    questions:
      - key: what
        type: text
        label: {en: "What is it?", cy: "Beth yw e?"}
        called: {en: "What it is", cy: "Beth yw e"}
        if_missing: {en: "Enter what it is", cy: "Nodwch beth yw e"}
        holds: nothing_personal
      - key: when
        type: recent_date
        within_days: 90
        label: {en: "When was it lost?", cy: "Pryd y collwyd e?"}
        called: {en: "The date", cy: "Y dyddiad"}
        if_missing: {en: "Enter the date", cy: "Nodwch y dyddiad"}
        holds: nothing_personal
        shown_when: answers.is_animal == false
  - key: many
    title: {en: "Many things", cy: "Llawer o bethau"}
    shown_when: answers.has_things && size(answers.things) > 2
    questions:
      - key: van
        type: yes_no
        label: {en: "Can you carry it all?", cy: "Allwch chi gario'r cyfan?"}
        called: {en: "Your answer", cy: "Eich ateb"}
        if_missing: {en: "Select whether you can", cy: "Dewiswch a allwch chi"}
        holds: nothing_personal
  - key: whose
    title: {en: "Whose it is", cy: "Eiddo pwy yw e"}
    questions:
      - key: is_own
        type: yes_no
        label: {en: "Is it yours?", cy: "Ai chi piau fe?"}
        called: {en: "Your answer", cy: "Eich ateb"}
        if_missing: {en: "Select whose it is", cy: "Dewiswch pwy piau fe"}
        holds: nothing_personal
  - key: owner
    title: {en: "The owner", cy: "Y perchennog"}
    shown_when: answers.is_own == false
    questions:
      - key: owner_name
        type: name
        label: {en: "Their full name", cy: "Eu henw llawn"}
        called: {en: "Their full name", cy: "Eu henw llawn"}
        if_missing: {en: "Enter their full name", cy: "Nodwch eu henw llawn"}
        holds: name
        why: {en: "to give it back", cy: "i'w roi'n ôl"}
        whose: other
        of_party: owner
        fills: person.name
      - key: owner_job
        type: text
        is_optional: true
        label: {en: "Their work", cy: "Eu gwaith"}
        called: {en: "Their work", cy: "Eu gwaith"}
        holds: work
        why: {en: "to find them by day", cy: "i ddod o hyd iddynt"}
        whose: other
        of_party: owner
  - key: desk
    title: {en: "At the desk", cy: "Wrth y ddesg"}
    asked_of: staff
    questions:
      - key: seen
        type: yes_no
        label: {en: "Did you see proof of who they are?", cy: "A welsoch chi brawf pwy ydynt?"}
        called: {en: "Your answer", cy: "Eich ateb"}
        if_missing: {en: "Select whether you saw proof", cy: "Dewiswch a welsoch chi brawf"}
        holds: nothing_personal
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


def dated(day: str = "1", month: str = "11", year: str = "2026") -> dict[str, str]:
    """The fields of when a thing was lost."""
    return {"when-day": day, "when-month": month, "when-year": year}


ANIMAL = {"is_animal": "yes", "has_things": "no"}
THINGS = {"is_animal": "no", "has_things": "yes"}
NEITHER = {"is_animal": "no", "has_things": "no"}
UMBRELLA = {"what": "An umbrella", **dated()}
HAT = {"what": "A hat", **dated("2")}
YOU = {"name": "Rosa Márquez", "email": "rosa@people.example"}
OWNER = {"owner_name": "Ines Márquez", "owner_job": "Baker"}
