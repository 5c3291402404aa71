"""The addresses of deciding a case and of what follows."""

from django.urls import URLPattern, path

from commonweal.frontends.workspace.deciding import asking, closing, letters, publishing, reopening

_CASE = "<slug:slug>/cases/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{_CASE}/close/", closing.close, name="close_case"),
    path(f"{_CASE}/ask/<slug:move>/", asking.ask, name="ask_applicant"),
    path(f"{_CASE}/letter/preview/", letters.preview, name="letter_preview"),
    path(f"{_CASE}/letters/<uuid:letter>/", letters.letter, name="case_letter"),
    path(f"{_CASE}/publish/", publishing.publish, name="publish_case"),
    path(f"{_CASE}/reopen/", reopening.reopen, name="reopen_case"),
    path(f"{_CASE}/review/<slug:review>/", reopening.review, name="record_review"),
]
