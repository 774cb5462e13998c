"""How often a program may ask: counted in the shared cache, by address for the public, by key for schools."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from committees.keys.models import ApiKey
from tenants.signin.origin import client_address


class PublicThrottle(SimpleRateThrottle):
    """API_PUBLIC_RATE for each address."""

    scope = "api-public"

    def get_rate(self) -> str:
        """As the settings say now."""
        return str(settings.API_PUBLIC_RATE)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """By the address that asks."""
        return f"{self.scope}:{client_address(request._request)}"


class KeyThrottle(PublicThrottle):
    """API_KEY_RATE for each key; who shows none is counted by address."""

    scope = "api-key"

    def get_rate(self) -> str:
        """As the settings say now."""
        return str(settings.API_KEY_RATE)

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """By key, in its school."""
        if isinstance(request.auth, ApiKey):
            return f"{self.scope}:{request.auth.public_id}"
        return f"{self.scope}:{client_address(request._request)}"
