"""The bulletin as files: the table as CSV, and the dictionary that says what each column means. No writes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from committees.energy.bulletin import Bulletin
from committees.filings.recipes import Recipe
from committees.filings.schema import Indicator
from committees.workbooks.exports import Export, ExportValue, rows_to_csv

DICTIONARY_TITLES = (
    "column", "name_zh", "name_en", "unit", "basis", "computed_as", "coefficients", "form", "source",
)  # fmt: skip


def figures_csv(bulletin: Bulletin) -> Export:
    """One line a school as the page shows them, then one with the totals. Without names: the ranked value only."""
    return rows_to_csv(*table_of(bulletin))


def table_of(bulletin: Bulletin) -> tuple[list[str], list[list[ExportValue]]]:
    """The same as titles and rows."""
    named = any(line.named for line in bulletin.lines)
    columns = [
        column for column in bulletin.columns if named or not bulletin.lines or column.code == bulletin.ranked.code
    ]
    who = ["filing", "version", "seal", "school", "type", "late"] if named else []
    titles = ["row", *who, *(column.code for column in columns), "source"]
    rows: list[list[ExportValue]] = []
    for number, line in enumerate(bulletin.lines, 1):
        version = line.filing.counted
        known: list[ExportValue] = []
        if named and version is not None:
            known = [version.number, version.version, version.seal, line.name, line.filing.school.type,
                     "yes" if line.filing.late else "no"]  # fmt: skip
        values = [line.figures.get(column.code) for column in columns]
        rows.append([number, *known, *values, bulletin.call.attribution])
    totals = [bulletin.total(column.code) for column in columns]
    blank: list[ExportValue] = [""] * max(len(who) - 3, 0)
    rows.append(["total", *blank, *([_("total of %(n)s filings") % {"n": bulletin.counted}, "", ""] if who else []), *totals,
                 bulletin.call.attribution])  # fmt: skip
    return titles, rows


def dictionary_csv(bulletin: Bulletin) -> Export:
    """Every column: both names, unit, basis, how it is computed, and whence the figures come."""
    return rows_to_csv(DICTIONARY_TITLES, list(dictionary_rows(bulletin)))


def dictionary_rows(bulletin: Bulletin) -> Iterator[list[ExportValue]]:
    """The same as rows."""
    indicators = {indicator.code: indicator for indicator in bulletin.form.indicators()}
    recipes = _recipes(bulletin)
    used = "; ".join(bulletin.coefficients)
    form = f"{bulletin.form.code} {bulletin.form.version}"
    for column in bulletin.columns:
        direct = indicators.get(column.code)
        name = direct.name if direct else bulletin.kind.figure_names[column.code]
        recipe = recipes.get(column.code)
        yield [
            column.code, name.zh, name.en, column.unit, _basis(bulletin, column.code, direct),
            _formula(recipe) if recipe else "", used if recipe else "", form, bulletin.call.attribution,
        ]  # fmt: skip


def _recipes(bulletin: Bulletin) -> dict[str, Recipe]:
    if not bulletin.coefficients:
        return {}
    coefficients = bulletin.kind.coefficients_in(bulletin.coefficients[-1])
    return {recipe.figure: recipe for recipe in bulletin.kind.recipes(coefficients)}


def _formula(recipe: Recipe) -> str:
    above = " + ".join(code if factor == "1" else f"{code} x {factor}" for code, factor in recipe.add)
    times = f"{recipe.times} x " if recipe.times != "1" else ""
    below = f" / ({' + '.join(recipe.over)})" if recipe.over else ""
    return f"{times}({above}){below}"


def _basis(bulletin: Bulletin, code: str, direct: Indicator | None) -> str:
    if direct:
        return direct.basis
    row = bulletin.totals.get(code) or bulletin.totals.get(bulletin.kind.ratios.get(code, ("",))[0])
    return row.basis if row else ""
