"""The addresses of requests about people's information."""

from django.urls import URLPattern, path

from commonweal.frontends.website.requests import asking, fetching, following

_OWN = "<slug:slug>/your/requests"

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/information-rights/", asking.ask_without_account, name="information_rights"),
    path(f"{_OWN}/", following.your_requests, name="your_requests"),
    path(f"{_OWN}/new/", asking.ask, name="new_request"),
    path(f"{_OWN}/<str:reference>/", following.your_request, name="your_request"),
    path(f"{_OWN}/<str:reference>/answer/", following.answer, name="answer_request"),
    path(f"{_OWN}/<str:reference>/withdraw/", following.withdraw, name="withdraw_request"),
    path(f"{_OWN}/<str:reference>/pack/", fetching.fetch, name="own_pack"),
]
