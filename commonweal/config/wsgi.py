"""The web application, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.config.settings")
django_application = get_wsgi_application()

from commonweal.foundations.personal_data import serving  # noqa: E402 Django must have started
from commonweal.frontends import demo_people  # noqa: E402 as above
from commonweal.frontends.whole import take_whole  # noqa: E402 as above

application = take_whole(django_application)
serving.begin()
demo_people.refuse_outside_demo()
