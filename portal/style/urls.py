"""Addresses of the style page and the pages to copy from."""

from django.urls import path

from portal.style import views

app_name = "style"
urlpatterns = [
    path("", views.style_show, name="show"),
    path("home/", views.home_show, name="home"),
    path("desk/", views.desk_show, name="desk"),
    path("desk/rest/", views.desk_rest, name="rest"),
    path("return/", views.return_show, name="return"),
    path("board/", views.board_show, name="board"),
    path("bulletin/", views.bulletin_show, name="bulletin"),
    path("gate/", views.gate_show, name="gate"),
    path("chart/", views.chart_show, name="chart"),
    path("error/", views.error_show, name="error"),
]
