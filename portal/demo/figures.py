"""The real figures of the demo, read from `colleges2020.csv`."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ATTRIBUTION = (
    "出典:国立高等専門学校機構「環境報告書2020オープンデータ(国立高専別エネルギー収支状況)」(令和2年10月)、"
    "政府標準利用規約(第2.0版)。加工して作成。"
)


def school_rows() -> list[dict[str, str]]:
    """The invented schools: code, name_zh, name_en, type, district, joined_on."""
    with (FOLDER / "schools.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def member(row: dict[str, str]) -> dict[str, Any]:
    """A row of `school_rows` as the register takes it."""
    return {**row, "joined_on": date.fromisoformat(row["joined_on"])}


def figure_rows() -> Iterator[dict[str, Decimal]]:
    """One row per site in the published order: indicator code -> value (m², GJ, t). The last is the headquarters."""
    with (FOLDER / "colleges2020.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {code: Decimal(value) for code, value in row.items() if code != "site"}
