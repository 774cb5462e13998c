"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from tenants.strength import refuse_strong_role  # noqa: E402  models are there only now

refuse_strong_role()
