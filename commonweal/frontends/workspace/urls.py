"""The workspace's addresses."""

from django.urls import URLPattern, URLResolver, path

from commonweal.frontends.shortened import lead
from commonweal.frontends.workspace import appointing, bodies, calendars, deliveries, glass, taking
from commonweal.frontends.workspace.cases import (
    case,
    chronology,
    extending,
    files,
    finding,
    many,
    parties,
    recording,
    relating,
    undoing,
    worklist,
    workload,
    writing,
)
from commonweal.frontends.workspace.deciding import urls as deciding
from commonweal.frontends.workspace.people import asking, bereavement, markers
from commonweal.frontends.workspace.protection import holds, openings, prompts, questions, staff, withholding
from commonweal.frontends.workspace.protection import markers as overseen
from commonweal.frontends.workspace.protection.requests import addresses as requests
from commonweal.frontends.workspace.services import addresses as services

_PARTS_OF_CASE = ("ask", "extend", "facts", "files", "letter", "letters", "parties", "review")
"""Under which a case has pages, and none of their own."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", bodies.choose_body, name="workspace"),
    path("<slug:slug>/", bodies.enter, name="desk"),
    path("<slug:slug>/cases/", worklist.worklist, name="worklist"),
    path("<slug:slug>/worklist/filters/", worklist.keep_filter, name="keep_filter"),
    path("<slug:slug>/worklist/several/", many.change_many, name="change_many"),
    path("<slug:slug>/undo/", undoing.undo, name="undo"),
    path("<slug:slug>/workload/", workload.workload, name="workload"),
    *taking.urlpatterns,
    path("<slug:slug>/find/", finding.find, name="find"),
    path("<slug:slug>/cases/<str:reference>/", case.case, name="case"),
    path("<slug:slug>/cases/<str:reference>/writing/", writing.writing, name="writing"),
    path("<slug:slug>/cases/<str:reference>/documents/", files.add, name="case_documents"),
    path("<slug:slug>/cases/<str:reference>/files/<uuid:file>/", files.file, name="case_file"),
    path("<slug:slug>/cases/<str:reference>/files/<uuid:file>/content/", files.content, name="case_file_content"),
    path("<slug:slug>/cases/<str:reference>/died/", bereavement.died, name="died"),
    path("<slug:slug>/cases/<str:reference>/facts/<slug:key>/", recording.fact, name="record_fact"),
    path("<slug:slug>/cases/<str:reference>/parties/<slug:key>/", parties.party, name="case_party"),
    path("<slug:slug>/cases/<str:reference>/chronology/", chronology.chronology, name="chronology"),
    path("<slug:slug>/cases/<str:reference>/extend/<slug:clock>/", extending.extend_clock, name="extend_clock"),
    path("<slug:slug>/cases/<str:reference>/visit/", markers.visit, name="visit"),
    path("<slug:slug>/cases/<str:reference>/safety/", asking.ask, name="safety_ask"),
    path("<slug:slug>/safety/", markers.markers, name="safety_markers"),
    path("<slug:slug>/safety/<uuid:marker>/", markers.marker, name="safety_marker"),
    *deciding.urlpatterns,
    *appointing.urlpatterns,
    path("<slug:slug>/calendar/", calendars.calendar, name="calendar"),
    path("<slug:slug>/break-glass/", glass.break_glass, name="break_glass"),
    path("<slug:slug>/deliveries/", deliveries.failing, name="deliveries"),
    *services.urlpatterns,
    path("<slug:slug>/related/", relating.related, name="related"),
    *requests.urlpatterns,
    path("<slug:slug>/protection/openings/", openings.openings, name="officer_openings"),
    path("<slug:slug>/protection/questions/", questions.questions, name="officer_questions"),
    path("<slug:slug>/protection/questions/<uuid:question>/", questions.question, name="officer_question"),
    path("<slug:slug>/protection/withheld/", withholding.withheld, name="officer_withholdings"),
    path("<slug:slug>/protection/holds/", holds.holds, name="officer_holds"),
    path("<slug:slug>/protection/prompts/", prompts.prompts, name="officer_prompts"),
    path("<slug:slug>/protection/safety/", overseen.markers, name="officer_markers"),
    path("<slug:slug>/protection/staff/", staff.staff, name="officer_staff"),
    lead("<slug:slug>/protection/", "officer_requests"),
    lead("<slug:slug>/worklist/", "worklist"),
    *(lead(f"<slug:slug>/cases/<str:reference>/{part}/", "case") for part in _PARTS_OF_CASE),
]
