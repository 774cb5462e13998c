"""Pages of a list: `?page=2&page_size=50`, with the number of all and the neighbours' addresses."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

MOST = 200


class PageAsked(serializers.Serializer[Any]):
    """Which page of a list."""

    page = serializers.IntegerField(min_value=1, max_value=100_000, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=50)


def paged(request: Request, rows: Any, shape: Any) -> Response:
    """One page of `rows` (a queryset or a sequence); `shape` makes plain data of a list of them. 400 for what is no
    page, 404 for one beyond the last."""
    unknown = sorted(set(request.query_params) - {"page", "page_size"})
    if unknown:
        raise ValidationError({name[:60]: ["There is no such parameter here."] for name in unknown[:5]})
    asked = PageAsked(data=request.query_params.dict())
    asked.is_valid(raise_exception=True)
    number, size = asked.validated_data["page"], asked.validated_data["page_size"]
    paginator = Paginator(rows, size)
    if number > paginator.num_pages:
        raise NotFound("There are fewer pages.")
    page = paginator.page(number)
    found: Sequence[Any] = list(page.object_list)
    return Response(
        {
            "count": paginator.count, "page": number, "pages": paginator.num_pages,
            "next": _address(request, number + 1) if page.has_next() else None,
            "previous": _address(request, number - 1) if page.has_previous() else None,
            "results": shape(found),
        }
    )  # fmt: skip


def _address(request: Request, number: int) -> str:
    query = request._request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
