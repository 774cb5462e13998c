"""Names of units as people write them, so that a unit typed behind a number is told from other text."""
# Chinese text: names of units as people write them

_SAME: tuple[tuple[str, ...], ...] = (
    ("kWh", "千瓦时", "度", "kwh", "KWH", "kW·h"),
    ("万kWh", "万千瓦时", "万度"),
    ("MWh", "兆瓦时"),
    ("m³", "m3", "立方米", "立方", "方", "m^3"),
    ("万m³", "万m3", "万立方米"),
    ("m²", "m2", "平方米", "平米", "㎡", "m^2", "平方"),
    ("万m²", "万m2", "万平方米"),
    ("t", "吨"),
    ("kg", "千克", "公斤"),
    ("tce", "吨标煤", "吨标准煤"),
    ("kgce", "千克标煤", "千克标准煤"),
    ("L", "升", "公升"),
    ("GJ", "吉焦"),
    ("MJ", "兆焦"),
    ("kJ", "千焦"),
    ("CNY", "元", "人民币", "块", "rmb"),
    ("万元",),
    ("亿元",),
    ("kW", "千瓦"),
    ("人", "名", "人次"),
    ("个",),
    ("台",),
    ("套",),
    ("辆",),
    ("间",),
    ("栋", "幢"),
    ("家",),
    ("次",),
    ("天", "日"),
    ("h", "小时"),
    ("tCO2", "tCO₂", "tCO2e", "吨二氧化碳"),
    ("%", "％", "百分点"),
    ("亩",),
    ("公顷", "ha"),
)

_CANONICAL = {name.casefold(): names[0] for names in _SAME for name in names}
MONEY_SIGNS = "¥￥"


def name_unit(text: str) -> str | None:
    """The one name of a unit that is written in many ways (`立方米` -> `m³`), or None for what is no known unit."""
    return _CANONICAL.get(text.strip().casefold())


def is_same_unit(left: str, right: str) -> bool:
    """Whether two texts name one unit. Unknown units are the same only when written alike."""
    left, right = left.strip(), right.strip()
    return left.casefold() == right.casefold() or (name_unit(left) is not None and name_unit(left) == name_unit(right))
