"""The addresses of one application."""

from django.urls import URLPattern, path

from commonweal.frontends.website.applications import answering, letters, page

_OWN = "<slug:slug>/applications/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{_OWN}/", page.application, name="application"),
    path(f"{_OWN}/answer/", answering.answer, name="answer"),
    path(f"{_OWN}/challenge/<slug:review>/", answering.challenge, name="challenge"),
    path(f"{_OWN}/letters/<uuid:letter>/", letters.letter, name="letter"),
]
