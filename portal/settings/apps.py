"""Which apps stand on which floor."""

#: Own rooms with tables on one or both floors. The floor is decided model by model (tenants/floors.py).
ROOMS = [
    "committees.calendar",
    "committees.files",
    "committees.workflow",
    "committees.notices",
    "committees.roster",
    "committees.filings",
    "committees.energy",
    "committees.contacts",
]

ASSOCIATION_APPS = [
    "tenants.library.TenantsLibraryConfig",
    "pgtrigger",
    "pghistory",
    "tenants",
    "search",
    "cms",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "rest_framework",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "portal",
    "portal.mailbox",
    "portal.style",
]

SHARED_APPS = ASSOCIATION_APPS + ROOMS
TENANT_APPS = list(ROOMS)
INSTALLED_APPS = list(dict.fromkeys(SHARED_APPS + TENANT_APPS))
