"""The style page and the example pages: static content, no database."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.days import language
from portal.frames import Crumb
from portal.style.examples.desk import busy_desk, resting_desk
from portal.style.examples.frames import committee_frame, public_frame, school_frame
from portal.style.examples.words import both

_DESK = both("待办", "To do")


def _weekdays() -> str | list[str]:
    return "一二三四五六日" if language() == "zh" else ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def desk_show(request: HttpRequest) -> HttpResponse:
    """A clerk's desk on a busy day."""
    frame = school_frame("desk", [Crumb(label=_DESK)])
    return render(request, "style/desk.html", {"frame": frame, "desk": busy_desk(), "weekdays": _weekdays()})


def desk_rest(request: HttpRequest) -> HttpResponse:
    """The same desk with nothing to do."""
    frame = school_frame("desk", [Crumb(label=_DESK)])
    return render(request, "style/rest.html", {"frame": frame, "desk": resting_desk(), "weekdays": _weekdays()})


def style_show(request: HttpRequest) -> HttpResponse:
    """Every part with all its states."""
    return render(request, "style/show.html", {"public": public_frame("style:show")})


def home_show(request: HttpRequest) -> HttpResponse:
    """The public front page."""
    return render(request, "style/home.html", {"public": public_frame("style:home")})


def return_show(request: HttpRequest) -> HttpResponse:
    """The form of a yearly return."""
    frame = school_frame("energy", [Crumb(label=_DESK, href="../desk/"), Crumb(label=both("能源", "Energy"), href="#")])
    return render(request, "style/return.html", {"frame": frame})


def board_show(request: HttpRequest) -> HttpResponse:
    """The board of a committee."""
    return render(request, "style/board.html", {"frame": committee_frame([])})


def bulletin_show(request: HttpRequest) -> HttpResponse:
    """A bulletin of figures."""
    return render(request, "style/bulletin.html", {"public": public_frame("style:bulletin")})


def gate_show(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    return render(request, "style/gate.html")


def chart_show(request: HttpRequest) -> HttpResponse:
    """A chart drawn in the browser."""
    return render(request, "style/chart.html", {"public": public_frame()})


def mail_show(request: HttpRequest) -> HttpResponse:
    """A mail as it arrives."""
    return render(request, "style/mail.html")


def error_show(request: HttpRequest, code: int) -> HttpResponse:
    """An error page, with the status it has in earnest."""
    if code not in (400, 403, 404, 405, 413, 429, 500, 503):
        raise Http404
    return render(request, f"errors/{code}.html", {"public": public_frame()}, status=code)
