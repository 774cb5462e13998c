"""Words of the editor that Wagtail never offers for translation: fields whose label is made from their name."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers

_LABELS = {
    "link_text": _("Link text"), "email_address": _("E-mail"), "subject": _("Subject line"), "body": _("Text of the mail"),
    "phone_number": _("Telephone"),
}  # fmt: skip
_FORMS = ("ExternalLinkChooserForm", "AnchorLinkChooserForm", "EmailLinkChooserForm", "PhoneLinkChooserForm")


def name_fields() -> None:
    """Give the fields of the link choosers their labels."""
    for name in _FORMS:
        for key, field in getattr(choosers, name).base_fields.items():
            if key in _LABELS:
                field.label = _LABELS[key]
