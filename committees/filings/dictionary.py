"""What the columns of a file of figures mean: names, unit, basis, how computed, with which coefficients and form. No writes."""

# Chinese text: the dictionary is bilingual data, both languages stand in every file.

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from committees.filings.answers import plain
from committees.filings.kinds import Kind
from committees.filings.recipes import Recipe
from committees.filings.schema import Form, Named
from committees.workbooks.exports import ExportValue

TITLES = (
    "column", "name_zh", "name_en", "unit", "basis", "computed_as", "coefficients", "form", "source",
)  # fmt: skip

#: Columns that are no figures.
WORDS = {
    "row": Named("序号", "number of the line; total: over all filings that count"),
    "filing": Named("备案号", "number of the filing"),
    "version": Named("版本", "version of the filing that counts"),
    "seal": Named("封印", "seal of that version, 64 hexadecimal digits"),
    "school": Named("学校", "school"),
    "type": Named("学校类型", "type of school"),
    "late": Named("迟报（yes 为逾期收到）", "yes: the return came after its day"),
    "period": Named("所属期", "period of the return"),
    "standing": Named("性质：counted 已计入，carried 旧报表沿用、未核对、不计入任何合计",
                      "counted: accepted and in the totals; carried: carried over from old returns, not checked, in no total"),
    "form": Named("表式及版本", "form and its version"),
    "coefficients": Named("系数版本", "version of the coefficients"),
    "source": Named("数据来源", "whence the figures come"),
    "schools": Named("计入份数", "how many filings are in it"),
    "bulletin": Named("公报编号", "number of the bulletin"),
}  # fmt: skip


@dataclass(frozen=True)
class Meant:
    """A column of figures: its code, unit and basis (empty: the form's own, or none)."""

    code: str
    unit: str
    basis: str = ""


def tidy(value: Decimal | None) -> Decimal | None:
    """A figure as it stands in a file: exact, without the idle zeros of its place in the database."""
    return None if value is None else Decimal(plain(value))


def figure_rows(
    kind: Kind, form: Form, columns: Iterable[Meant], coefficients: Sequence[str], source: str
) -> Iterator[list[ExportValue]]:
    """One row for each column of figures."""
    indicators = {indicator.code: indicator for indicator in form.indicators()}
    recipes = _recipes(kind, coefficients)
    used, version = "; ".join(coefficients), f"{form.code} {form.version}"
    for column in columns:
        direct, recipe = indicators.get(column.code), recipes.get(column.code)
        name = direct.name if direct else kind.figure_names[column.code]
        basis = direct.basis if direct else column.basis
        yield [
            column.code, name.zh, name.en, column.unit, basis, _formula(recipe) if recipe else "", used if recipe else "",
            version, source,
        ]  # fmt: skip


def word_rows(codes: Iterable[str]) -> Iterator[list[ExportValue]]:
    """One row for each column that is no figure."""
    for code in codes:
        yield [code, WORDS[code].zh, WORDS[code].en, *[""] * (len(TITLES) - 3)]


def _recipes(kind: Kind, coefficients: Sequence[str]) -> dict[str, Recipe]:
    if not coefficients:
        return {}
    return {recipe.figure: recipe for recipe in kind.recipes(kind.coefficients_in(coefficients[-1]))}


def _formula(recipe: Recipe) -> str:
    above = " + ".join(code if factor == "1" else f"{code} x {factor}" for code, factor in recipe.add)
    times = f"{recipe.times} x " if recipe.times != "1" else ""
    below = f" / ({' + '.join(recipe.over)})" if recipe.over else ""
    return f"{times}({above}){below}"
