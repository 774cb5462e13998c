"""Settings that every way of running shares."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from portal.settings.apps import INSTALLED_APPS, SHARED_APPS, TENANT_APPS  # noqa: F401
from portal.settings.environment import ROOT, database, flag, secret_key
from portal.settings.programs import *
from portal.settings.signin import *

DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / ".data"))
SECRET_KEY = secret_key(DATA_DIR)
DEBUG = flag("DEBUG")

# Addresses. A school lives at <code>.<base domain>; the base domain needs two labels, else browsers refuse cookies.
BASE_DOMAIN = os.environ.get("BASE_DOMAIN", "portal.localhost")
PORT = int(os.environ.get("PORT", "8000"))
SCHEME = os.environ.get("SCHEME", "http")
PORT_SUFFIX = "" if (SCHEME, PORT) in {("http", 80), ("https", 443)} else f":{PORT}"
ASSOCIATION_URL = f"{SCHEME}://{BASE_DOMAIN}{PORT_SUFFIX}"
# Every host reaches us on purpose: tenants/middleware.py answers 404 to a host that is not ours.
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS: list[str] = []

# The database: the web and the workers use the runtime role; `manage.py upgrade` uses the owner's address.
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///houqin"))}
RUNTIME_ROLE = os.environ.get("DATABASE_RUNTIME_ROLE", "houqin_app")
DATABASE_ROUTERS = ["tenants.router.FloorRouter"]
TENANT_SYNC_ROUTER = "tenants.router.FloorRouter"
TENANT_MODEL = "tenants.School"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_BASE_MIGRATE_COMMAND = "tenants.migrate.OwnFloorMigrate"
TENANT_LIMIT_SET_CALLS = True
PG_EXTRA_SEARCH_PATHS = ["extensions"]
# No school can be named so: their schemas begin with s_. django-tenants would ask the database at every start.
SKIP_PG_EXTRA_VALIDATION = True
PUBLIC_SCHEMA_URLCONF = "portal.urls.association"
SCHOOL_URLCONF = "portal.urls.school"
ROOT_URLCONF = "portal.urls.association"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "portal.health.HealthMiddleware",
    "portal.request_ids.RequestIdMiddleware",
    "portal.logs.RequestLogMiddleware",
    "portal.headers.HeadersMiddleware",
    "tenants.middleware.FloorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenants.signin.sessions.HostSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.errors.ErrorPagesMiddleware",
    "portal.limits.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tenants.signin.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tenants.middleware.MembershipMiddleware",
    "cms.middleware.EditorDoorMiddleware",
    "cms.links.OldAddressMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "portal" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.preferences.preferences_context",
                "portal.navigation.frame_context",
                "cms.frame.public_context",
            ],
        },
    }
]
# Components are files like form-errors.html, as they are written in pages.
COTTON_SNAKE_CASED_NAMES = False
WSGI_APPLICATION = "portal.wsgi.application"

# People and sign-in (more in signin.py). Sessions and the CSRF secret belong to one host each.
LOGIN_URL = f"{ASSOCIATION_URL}/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("account", "name", "phone", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Language and time.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "portal" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_DIR", DATA_DIR / "static"))
STATICFILES_DIRS = [ROOT / "portal" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
FILE_STORE_DIR = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": {"BACKEND": "committees.files.store.FileStore"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
# One file of evidence (20 MB) and the form around it; the proxy in front has the same limit (deploy/).
REQUEST_MOST_BYTES = 24 * 1024 * 1024
# What a form holds beside its files. A call may be addressed to every school by name.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "committees.files.receiving.CarefulTemporaryUpload",
]

# Shared cache for limits and tickets: each worker's own memory would give each its own limits.
# Django's 300 entries would throw counts away in the middle of an attack.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Only what we ship runs. Wagtail's admin has its own policy (cms/).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [
            SELF,
            f"{SCHEME}://{BASE_DOMAIN}{PORT_SUFFIX}",
            f"{SCHEME}://*.{BASE_DOMAIN}{PORT_SUFFIX}",
        ],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# What `/readyz` asks for besides database and migrations.
READY_NEEDS_WORKER = flag("READY_NEEDS_WORKER", True)
READY_LEAST_FREE_BYTES = 200 * 1024 * 1024

# Mail: EMAIL_BACKEND is what pages use, MAIL_BACKEND what the job worker hands queued mails to (portal/queued_mail.py).
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# A virus scanner (clamd) that looks at every upload: host:3310, or the path of its socket. Empty: there is none.
FILE_SCANNER = os.environ.get("FILE_SCANNER", "")

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
# Robots of committees in group chats: what speaks, and other origins than the chats' own (tests put a loopback there).
ROBOT_DOOR = "committees.notices.robots.speak"
ROBOT_ORIGINS: dict[str, str] = {}
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"noreply@{BASE_DOMAIN}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# The association's site (Wagtail): no calls to the outside.
# What the foot of every public page names; a site of one's own sets its numbers, and none is shown where it is empty.
ASSOCIATION = {
    key: os.environ[name]
    for key, name in (("icp_number", "ICP_NUMBER"), ("police_number", "POLICE_NUMBER"))
    if name in os.environ
}
WAGTAIL_SITE_NAME = "海津市高等学校后勤协会"
WAGTAILADMIN_BASE_URL = ASSOCIATION_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Search: PostgreSQL answers by itself; a site that has outgrown it names a server (an index of this name is made there).
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
SEARCH_INDEX = os.environ.get("SEARCH_INDEX", "portal-content")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.editor_search"}}
TASKS = {"default": {"BACKEND": "cms.waiting_tasks.WaitingBackend"}}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.request_ids.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "portal.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} [{request_id}] {message}",
            "style": "{",
        },
        "json": {"()": "portal.logs.JsonFormatter"},
    },
    # LOG_FORMAT: `line` for a person's eyes, `json` for machines (production).
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": os.environ.get("LOG_FORMAT", "line"),
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Wagtail says a line for every page saved, its task runner four; procrastinate one for each job it registers.
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},  # a server that is away is told once, by search
        "portal.requests": {"level": os.environ.get("LOG_REQUESTS", "WARNING")},
    },
}
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
# One sign-in for everything; no passwords, no mails about accounts inside Wagtail.
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nothing appears before three people have read it; a changed text is read by all three again.
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.finishing.finish_reviews"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link", "ol", "ul"]},
    }
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic"]
# HEIC (telephones) and AVIF come in; what goes out is AVIF, WebP and JPEG side by side.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"heic": "jpeg", "avif": "jpeg", "webp": "webp"}
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.picture_form.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv", "txt", "zip", "mp4", "webm", "vtt"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
