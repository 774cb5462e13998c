"""The interface for programs (/api/v1/): shapes, limits, description."""

#: How often one address, and one key, may ask.
API_PUBLIC_RATE = "120/min"
API_KEY_RATE = "600/min"
REST_FRAMEWORK = {
    # A view that forgets its door opens to nobody (committees/keys/api_doors.py gives each its own).
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["committees.keys.authentication.ScopeShown"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "committees.keys.problems.problem_of",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Houqin read API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "DISABLE_DOCSTRING_DESCRIPTIONS": False,
    # The choices stand in the schema; a list of them in the words would say them twice.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Its check of deployment describes every address, Wagtail's own among them; a test describes ours.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}
