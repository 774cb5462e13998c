"""What is read although it is not plain digits: a rule object each, named in the readings that used it."""
# Chinese text: examples of what people type

from django.utils.translation import gettext_lazy as _

from committees.workbooks.rulebook import Example, Rule

TOLERANCES: tuple[Rule, ...] = (
    Rule(
        "blank",
        _("Empty cell"),
        _("An empty cell means not given. It is never taken as zero."),
        (Example("", None), Example("   ", None)),
    ),
    Rule(
        "full_width",
        _("Full-width characters"),
        _("Read like plain ones."),
        (Example("１２３４．５", "1234.5"), Example("12３", "123")),
    ),
    Rule("invisible", _("Invisible characters"), _("Left out."), (Example("\u200b123\ufeff", "123"),)),
    Rule(
        "thousands",
        _("Marks between thousands"),
        _("Comma, space, thin space or apostrophe, three digits at a time, one kind in a number."),
        (
            Example("1,234.5", "1234.5"),
            Example("1，234", "1234"),
            Example("1 234 567", "1234567"),
            Example("1'234", "1234"),
        ),
    ),
    Rule("minus", _("Three kinds of minus"), _("Read alike."), (Example("−5", "-5"), Example("－5", "-5"))),
    Rule("plus", _("A plus before it"), _("Left out."), (Example("+5", "5"),)),
    Rule("zero_sign", _("Minus before zero"), _("Left out."), (Example("-0", "0"),)),
    Rule(
        "traditional",
        _("Traditional characters for wan and yi"),
        _("Read like the simplified ones."),
        (Example("1.2萬", "12000"),),
    ),
    Rule(
        "scale",
        _("Wan and yi behind it"),
        _("Multiplied exactly."),
        (Example("1.2万", "12000"), Example("3亿", "300000000")),
    ),
    Rule(
        "percent",
        _("Percent sign"),
        _("Kept as it is where the field counts in percent; a hundredth where the field has no unit."),
        (Example("12.5%", "12.5", "%"), Example("12.5%", "0.125")),
    ),
    Rule(
        "scientific",
        _("Excel's own notation"),
        _("Read as written. A copied cell may show fewer digits than it holds: look at it again."),
        (Example("1.5E+05", "150000"), Example("2E-03", "0.002")),
    ),
)
