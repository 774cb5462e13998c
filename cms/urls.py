"""Addresses of the site. `urlpatterns` carry the language prefix and stand last; `rooms` stand before, without one."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from cms.calendar_files import calendar_show
from cms.editor import js_catalog_show, sign_in
from cms.feeds import ColumnFeed, NewsAtomFeed, NewsFeed
from cms.import_views import import_album, import_discard, import_new, import_report, import_show
from cms.list_files import list_csv
from cms.picture_views import words_edit
from cms.post_views import newsroom_end, newsroom_list
from cms.review_views import review_show
from cms.takedown_views import page_take_down, take_down_list, take_down_undo
from cms.view_report import view_report
from cms.views import page_show, rendition_show, robots_show, sitemap_show
from cms.wechat_views import wechat_show
from cms.word_views import word_new

#: Under no language: the editor's screens, files, what machines read.
rooms: list[URLPattern | URLResolver] = [
    path("cms/login/", sign_in),
    path("cms/password_reset/", sign_in),
    path("cms/jsi18n/", js_catalog_show),
    path("cms/review/<int:page>/", review_show, name="site_review"),
    path("cms/word/", word_new, name="site_word"),
    path("cms/words/<int:page>/", words_edit, name="site_words"),
    path("cms/imports/", import_new, name="site_imports"),
    path("cms/imports/<uuid:public_id>/", import_show, name="site_import"),
    path("cms/imports/<uuid:public_id>/pictures/", import_album, name="site_import_album"),
    path("cms/imports/<uuid:public_id>/discard/", import_discard, name="site_import_discard"),
    path("cms/imports/<uuid:public_id>/report.csv", import_report, name="site_import_report"),
    path("cms/wechat/<int:page>/", wechat_show, name="site_wechat"),
    path("cms/views/", view_report, name="site_views"),
    path("cms/take-down/<int:page>/", page_take_down, name="site_take_down"),
    path("cms/take-downs/", take_down_list, name="site_take_downs"),
    path("cms/take-downs/<uuid:public_id>/undo/", take_down_undo, name="site_take_down_undo"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", rendition_show, name="site_rendition"),
    path("sitemap.xml", sitemap_show, name="site_map"),
    path("robots.txt", robots_show, name="site_robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/portal/icons/mark.svg")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("office/newsroom/", newsroom_list, name="newsroom_posts"),
    path("office/newsroom/<int:pk>/end/", newsroom_end, name="newsroom_post_end"),
    path("news/feed/", NewsFeed(), name="site_feed"),
    path("news/feed/atom/", NewsAtomFeed(), name="site_feed_atom"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)feed/$", ColumnFeed(), name="site_column_feed"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)list\.csv$", list_csv, name="site_list_csv"),
    re_path(r"^(?P<path>(?:[\w\-]+/)*)events?\.ics$", calendar_show, name="site_calendar"),
    re_path(serve_pattern, page_show, name="wagtail_serve"),
]
