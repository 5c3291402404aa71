"""What goes by itself: sessions that ended, with whatever an abandoned sign-in left in them."""

from importlib import import_module

from django.conf import settings

from commonweal.foundations.tasks.standing import standing


@standing(seconds=900)
def forget_ended_sessions() -> int:
    """Delete sessions past their time (reviewed table django_session)."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0
