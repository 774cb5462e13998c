"""Tags that dress the controls of Django's forms; the field components use them."""

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_check(field: BoundField | None) -> bool:
    """Whether a field is one tick."""
    return field is not None and isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choice_list(field: BoundField | None) -> bool:
    """Whether a field is a list of ticks or radio buttons."""
    return field is not None and isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.simple_tag
def control(field: BoundField | None, size: str = "", css: str = "") -> SafeString:
    """The control of a form's field, dressed, and tied to its help, unit and error."""
    if field is None:
        return SafeString("")
    base = "hq-tick" if is_check(field) else " ".join(filter(None, ("hq-in", size and f"is-{size}", css)))
    attributes: dict[str, str | bool] = {"class": f"{base} is-wrong" if field.errors else base}
    described = [f"{field.auto_id}_help"] if field.help_text else []
    if css == "qty":
        attributes["inputmode"] = "decimal"
        described.append(f"{field.auto_id}_unit")
    if field.errors:
        described.append(f"{field.auto_id}_error")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.simple_tag
def choice_control(choice: BoundWidget) -> SafeString:
    """One tick or radio button of a list."""
    choice.data["attrs"]["class"] = "hq-tick"
    return SafeString(choice.tag())
