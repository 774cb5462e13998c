"""The style page and the example pages: static content, no database."""

# Chinese text: invented content of the example pages.

from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.days import language
from portal.frames import Crumb, Link
from portal.style.examples import bulletin, home, show
from portal.style.examples.board import LEGEND, SHARES, areas, months
from portal.style.examples.desk import busy_desk, resting_desk
from portal.style.examples.frames import committee_frame, public_frame, school_frame
from portal.style.examples.return_form import faults, sections, strips
from portal.style.examples.spread import spread
from portal.style.examples.words import both
from portal.style.forms import GateForm, PartsForm
from tenants.doors import public_door

_ZONE = ZoneInfo("Asia/Shanghai")
_DESK = both("待办", "To do")


def _weekdays() -> str | list[str]:
    return "一二三四五六日" if language() == "zh" else ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


@require_safe
@public_door
def desk_show(request: HttpRequest) -> HttpResponse:
    """A clerk's desk on a busy day."""
    frame = school_frame("desk", [Crumb(label=_DESK)])
    return render(request, "style/desk.html", {"frame": frame, "desk": busy_desk(), "weekdays": _weekdays()})


@require_safe
@public_door
def desk_rest(request: HttpRequest) -> HttpResponse:
    """The same desk with nothing to do."""
    frame = school_frame("desk", [Crumb(label=_DESK)], busy=False)
    return render(request, "style/rest.html", {"frame": frame, "desk": resting_desk(), "weekdays": _weekdays()})


@require_safe
@public_door
def style_show(request: HttpRequest) -> HttpResponse:
    """Every part with all its states."""
    lines = bulletin.lines()
    good = PartsForm(initial={"gas": "2,318,000", "kind": "b"}, prefix="good")
    wrong = PartsForm({"wrong-gas": "58,3OO", "wrong-on": "2027-03-15"}, prefix="wrong")
    context = {
        "public": public_frame("style:show"),
        "swatches": show.swatches(),
        "states": show.STATES,
        "facade": show.FACADE,
        "spaces": show.SPACES,
        "codes": show.CODES,
        "rooms": show.ROOMS,
        "said": show.SAID,
        "icons": show.icons(),
        "people": 12486,
        "moved": Decimal("-0.041"),
        "due_on": date(2027, 3, 31),
        "good": good,
        "wrong": wrong,
        "reading": home.readings()[0],
        "order": bulletin.order(),
        "years": bulletin.years(),
        "monthly": home.monthly(),
        "shares": bulletin.shares(),
        "area_strip": strips()[0],
        "spread": spread(),
        "three": [lines[1], lines[9], lines[13]],
        "sort": "per_area",
        "page": Paginator(range(300), 10).get_page(request.GET.get("page", 7)),
        **_totals(),
    }
    return render(request, "style/show.html", context)


@require_safe
@public_door
def home_show(request: HttpRequest) -> HttpResponse:
    """The public front page."""
    context = {
        "public": public_frame("style:home"),
        "lead_on": date(2027, 3, 12),
        "notices": home.notices(),
        "headlines": home.headlines(),
        "stories": home.stories(),
        "houses": home.houses(),
        "readings": home.readings(),
        "monthly": home.monthly(bare=True),
        "total": Decimal("30.68"),
        "total_before": Decimal("31.24"),
    }
    return render(request, "style/home.html", context)


@require_safe
@public_door
def return_show(request: HttpRequest) -> HttpResponse:
    """The form of a yearly return."""
    crumbs = [
        Crumb(label=_DESK, href=reverse("style:desk")),
        Crumb(label=both("能源", "Energy"), href="#"),
        Crumb(label=both("年报", "Return")),
    ]
    area_strip, person_strip = strips()
    trail = [
        ("ok", both("由台账预填18项", "18 items from the ledger"), datetime(2027, 3, 9, 8, 0, tzinfo=_ZONE)),
        ("draft", both("上传工作簿", "Workbook uploaded"), datetime(2027, 3, 15, 14, 26, tzinfo=_ZONE)),
        ("draft", both("手改3项", "3 items changed by hand"), datetime(2027, 3, 15, 14, 32, tzinfo=_ZONE)),
    ]
    context = {
        "frame": school_frame("energy", crumbs),
        "due_on": date(2027, 3, 31),
        "sections": sections(),
        "faults": faults(),
        "trail": trail,
        "per_area": Decimal("13.09"),
        "last_area": Decimal("13.20"),
        "per_person": Decimal("470.2"),
        "last_person": Decimal("474.6"),
        "area_strip": area_strip,
        "person_strip": person_strip,
    }
    return render(request, "style/return.html", context)


@require_safe
@public_door
def board_show(request: HttpRequest) -> HttpResponse:
    """The board of a committee."""
    crumbs = [Crumb(label=both("收数", "Collect"), href="#"), Crumb(label=both("进度板", "Board"))]
    context = {
        "frame": committee_frame(crumbs),
        "areas": areas(),
        "months": months(),
        "shares": SHARES,
        "legend": LEGEND,
    }
    return render(request, "style/board.html", context)


@require_safe
@public_door
def bulletin_show(request: HttpRequest) -> HttpResponse:
    """A bulletin of figures; ?sort= orders its ledger, -key the other way round."""
    sort = request.GET.get("sort", "per_area")
    key = sort.removeprefix("-")
    lines = bulletin.lines()
    if key in ("area", "people", "energy", "per_area", "moved", "per_head"):
        lines.sort(key=attrgetter(key), reverse=sort.startswith("-"))
    context = {
        "public": public_frame("style:bulletin"),
        "crumbs": [
            Crumb(label=both("首页", "Home"), href=reverse("style:home")),
            Crumb(label=both("能源公报", "Energy bulletin"), href="#"),
            Crumb(label=both("2025年度", "2025")),
        ],
        "monthly": home.monthly(),
        "years": bulletin.years(),
        "shares": bulletin.shares(),
        "order": bulletin.order(),
        "lines": lines,
        "sort": sort,
        "page": Paginator(range(61), 14).get_page(request.GET.get("page")),
        "digest": bulletin.DIGEST,
        "trail": bulletin.trail(),
        **_totals(),
    }
    return render(request, "style/bulletin.html", context)


def _totals() -> dict[str, Decimal]:
    pairs = {"total": "30.68 31.24", "per_area": "12.34 12.87", "per_head": "448.4 460.1"}
    split = {name: text.split() for name, text in pairs.items()}
    return {name: Decimal(now) for name, (now, _) in split.items()} | {
        f"{name}_before": Decimal(before) for name, (_, before) in split.items()
    }


@require_http_methods(["GET", "POST"])
@public_door
def gate_show(request: HttpRequest) -> HttpResponse:
    """The sign-in page; posting shows how a refused form looks."""
    return render(request, "style/gate.html", {"form": GateForm(request.POST or None)})


@require_safe
@public_door
def chart_show(request: HttpRequest) -> HttpResponse:
    """A chart drawn in the browser."""
    names = [str(both("2025年", "2025")), str(both("2024年", "2024"))]
    series = [
        {"type": "line", "name": names[0], "smooth": True, "data": [str(value) for value in home.MONTHLY]},
        {
            "type": "line",
            "name": names[1],
            "smooth": True,
            "lineStyle": {"type": "dashed", "color": "--ink-3"},
            "itemStyle": {"color": "--ink-3"},
            "data": [str(value) for value in home.MONTHLY_BEFORE],
        },
    ]
    option = {
        "grid": {"left": 40, "right": 16, "top": 40, "bottom": 28},
        "legend": {"data": names},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": home.months()},
        "yAxis": {"type": "value"},
        "series": series,
    }
    rows = zip(home.months(), home.MONTHLY, home.MONTHLY_BEFORE, strict=True)
    return render(request, "style/chart.html", {"public": public_frame(), "option": option, "rows": list(rows)})


@require_safe
@public_door
def error_show(request: HttpRequest) -> HttpResponse:
    """An error page (?code=404), with the status of a page that is well."""
    code = request.GET.get("code", "404")
    if code not in map(str, show.CODES):
        raise Http404
    guesses = [
        Link(
            label=both("凌晨四点半，灶火先亮", "Half past four, and the stoves are lit first"),
            href=reverse("style:home"),
        ),
        Link(label=both("2025年度能源公报", "Energy bulletin 2025"), href=reverse("style:bulletin")),
        Link(label=both("会员名册（61所）", "Members (61)"), href="#"),
    ]
    context = {
        "public": public_frame(),
        "guesses": guesses,
        "search_href": reverse("style:show"),
        "wanted": "news 2027 0312",
    }
    return render(request, f"errors/{code}.html", context)
