"""Drawings made of figures: geometry only, worked out on the server in Decimals; the templates in cotton/hq draw it.

Each chart is a frozen dataclass of ready coordinates with a text alternative (`says`) and, where it helps, a table.
"""

from portal.charts.mix import Mix, MixKind, mix
from portal.charts.ranking import Ranked, Ranking, ranking
from portal.charts.seal import Seal, seal
from portal.charts.spark import Spark, spark
from portal.charts.spreads import SpreadRow, Spreads, spreads
from portal.charts.strip import Strip, strip
from portal.charts.trend import Trend, TrendLine, trend

__all__ = [
    "Mix",
    "MixKind",
    "Ranked",
    "Ranking",
    "Seal",
    "Spark",
    "SpreadRow",
    "Spreads",
    "Strip",
    "Trend",
    "TrendLine",
    "mix",
    "ranking",
    "seal",
    "spark",
    "spreads",
    "strip",
    "trend",
]
