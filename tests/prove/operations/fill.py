"""`python -m tests.prove.operations.fill`: the cast, one sealed return with evidence, one draft, as the runtime role."""

from io import BytesIO

import django
from PIL import Image


def main() -> None:
    """Into a migrated, empty database."""
    django.setup()

    from django.utils import timezone

    from committees.files.inspection import Inspection, inspect_upload
    from committees.filings.school.evidence import add_evidence
    from tenants.context import school_scope
    from tests.committees.filings.school.ground import VALUES, make_case
    from tests.ground.cast import read_cast, write_cast

    write_cast()
    cast = read_cast()
    case = make_case(cast)
    case.begin()
    case.write(VALUES)
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    content = picture.getvalue()
    inspection = inspect_upload("电表.png", content)
    assert isinstance(inspection, Inspection), inspection
    with school_scope(case.filing.school):
        add_evidence(filing=case.filing, content=content, inspection=inspection, by=cast["clerk_a"], at=timezone.now())
    case.approve()


if __name__ == "__main__":
    main()
