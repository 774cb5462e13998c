"""The notes of a return, typed while the sign-in ended, come back and are saved (AUT-08)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tenants.models import SignIn
from tests.committees.filings.school.ground import make_case, typed
from tests.ground.clients import sign_in_client
from tests.tenants.test_kept_forms import again

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AUT-08")]
NOTE = "三号锅炉房换了表\n新表倍率80，见附件"


@pytest.mark.parametrize("way", ["by the button", "as one types"])
def test_notes_of_the_return_come_back(cast, way):
    case = make_case(cast)
    case.begin()
    client = case.client()
    prepare = f"{case.path}prepare/"
    revision = client.get(prepare).context["draft"].revision
    SignIn.objects.update(seen_at=SignIn.objects.first().seen_at - timedelta(hours=9))
    data = {"revision": str(revision), **typed(electricity="51023000"), "n-electricity": NOTE}
    if way == "by the button":
        address = client.post(prepare, data)["Location"]
    else:
        page = f"http://{cast.school_a.host}:8000{prepare}"
        answer = client.post(f"{prepare}save/", data, headers={"HX-Request": "true", "Referer": page})
        address = answer["HX-Redirect"]
    back = parse_qs(urlsplit(address).query)["next"][0]
    sign_in_client(client, cast["clerk_a"], cast.school_a.host)
    page = client.get(back)
    assert f'action="{prepare}"' in page.text
    assert client.post(prepare, again(page.text)).status_code == 302
    entry = case.entry("electricity")
    assert entry["note"].replace("\r\n", "\n") == NOTE
    assert entry["source"] == "51023000"
