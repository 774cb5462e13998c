"""Addresses of the interface for programs (read only), on the association's host and on a school's."""

from django.urls import path, re_path

from committees.energy import api as energy
from committees.filings import api as filings
from committees.filings.school import api as own
from committees.keys.problems import unknown_address
from portal.programs import schema_send
from portal.search_programs import api_search

V1 = "api/v1/"
_every = [
    path(f"{V1}openapi.json", schema_send, name="api_schema"),
]
_last = [re_path(r"^api/(?P<path>[\s\S]*)\Z", unknown_address, name="api_unknown")]

association = [
    *_every,
    path(f"{V1}bulletins/", energy.api_bulletins, name="api_bulletins"),
    path(f"{V1}bulletins/<str:id>/", energy.api_bulletin, name="api_bulletin"),
    path(f"{V1}bulletins/<str:id>/schools/", energy.api_bulletin_schools, name="api_bulletin_schools"),
    path(f"{V1}filings/<str:id>/", filings.api_card, name="api_card"),
    path(f"{V1}roots/", filings.api_roots, name="api_roots"),
    re_path(rf"^{V1}search/?$", api_search, name="api_search"),
    *_last,
]
school = [
    *_every,
    path(f"{V1}filings/", own.api_own_filings, name="api_own_filings"),
    path(f"{V1}filings/<uuid:public_id>/", own.api_own_filing, name="api_own_filing"),
    path(f"{V1}filings/<uuid:public_id>/versions/<int:version>/payload/", own.api_own_payload, name="api_own_payload"),
    *_last,
]
