"""The house of the error pages: four floors of lit windows, one of them dark, or all of them."""

from dataclasses import dataclass

_FLOORS, _COLUMNS = 4, 12


@dataclass(frozen=True)
class House:
    """Windows of the house: paths of lit glass, of dark glass and of the bars, room numbers, and the plate's place."""

    lit: str
    dark: str
    bars: str
    numbers: list[tuple[int, str]]
    plate_x: int

    @property
    def bar_x(self) -> int:
        """The middle of the window that is unlike the others."""
        return self.plate_x + 19

    @property
    def sign_x(self) -> int:
        """The left edge of the number plate under it."""
        return self.plate_x - 6


def house(code: int, *, dark: bool = False) -> House:
    """The house in which room `code` is dark; with `dark` the whole house is, but for room `code`."""
    first = min(code, max(code - 3, code // 100 * 100 + 1))
    paths = {True: "", False: ""}
    bars, numbers, plate_x = "", [], 142
    for floor in range(_FLOORS):
        for column in range(_COLUMNS):
            x, y = 142 + 58 * column, 90 + 60 * floor
            if floor == _FLOORS - 1 and column in (5, 6):
                continue
            here = floor == 0 and first + column == code
            paths[here == dark] += f"M{x} {y}h38v36h-38z"
            bars += f"M{x + 19} {y}v36M{x} {y + 14}h38"
            if here:
                plate_x = x
            elif floor == 0:
                numbers.append((x + 19, str(first + column)))
    return House(lit=paths[True], dark=paths[False], bars=bars, numbers=numbers, plate_x=plate_x)
