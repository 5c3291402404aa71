"""The addresses of one application."""

from django.urls import URLPattern, path

from commonweal.frontends.shortened import lead
from commonweal.frontends.website.applications import answering, files, letters, page

_OWN = "<slug:slug>/applications/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/applications/", page.applications, name="applications"),
    path(f"{_OWN}/", page.application, name="application"),
    path(f"{_OWN}/answer/", answering.answer, name="answer"),
    path(f"{_OWN}/answer/files/", files.begin, name="answer_files"),
    path(f"{_OWN}/answer/files/<uuid:file>/", files.file, name="answer_file"),
    path(f"{_OWN}/answer/files/<uuid:file>/done/", files.done, name="answer_file_done"),
    lead(f"{_OWN}/challenge/", "application"),
    lead(f"{_OWN}/letters/", "application"),
    path(f"{_OWN}/challenge/<slug:review>/", answering.challenge, name="challenge"),
    path(f"{_OWN}/letters/<uuid:letter>/", letters.letter, name="letter"),
]
