"""The one shape of an answer that says no: problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tenants.doors import public_door

MEDIA = "application/problem+json"


class Problem(serializers.Serializer[Any]):
    """Why a request was not answered."""

    type = serializers.CharField(help_text="about:blank: the status says what it is")
    title = serializers.CharField(help_text="the status in words")
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False, help_text="what to do")
    errors = serializers.DictField(required=False, help_text="what is wrong, by parameter")  # type: ignore[assignment]


class ProblemRenderer(JSONRenderer):
    """JSON whose media type says that it is a problem."""

    media_type = MEDIA
    format = "problem"


def problem_of(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's answer to an exception in our shape; None leaves it to Django (a fault of ours)."""
    response = exception_handler(exception, context)
    if response is None:
        return None
    told = response.data if isinstance(response.data, dict) else {"detail": response.data}
    body = _body(response.status_code)
    if isinstance(exception, ValidationError):
        body["errors"] = told
    elif told.get("detail"):
        body["detail"] = str(told["detail"])
    response.data = body
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = ProblemRenderer(), MEDIA
    response.content_type = MEDIA
    return response


@public_door
def unknown_address(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any address below /api/ that is none."""
    return JsonResponse(_body(404), status=404, content_type=MEDIA)


def _body(status: int) -> dict[str, Any]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
