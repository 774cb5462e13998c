"""Articles of an old site: exports read, hostile ones refused, looked through first, brought in once, redirects laid."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from cms.actions.imports import ImportRefused, add_pictures, read_import, start_import
from cms.importing.albums import Album, AlbumRefused, in_folder, in_zip
from cms.importing.decoding import decoded
from cms.importing.tables import day_of, read_table
from cms.importing.wxr import NotTaken, html_of, read_wxr
from cms.models import NewsIndexPage, NewsPage, NoticePage, Picture, SiteImport
from cms.tasks import bring_in
from tenants.clock import database_now
from tests.ground.clients import association_client as client_for

pytestmark = [pytest.mark.requirement("S9-43"), pytest.mark.requirement("S0-04")]
HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>旧站</title>"""


def item(title, html, *, kind="post", status="publish", link="", more=""):
    return (
        f"<item><title>{title}</title><link>{link}</link><dc:creator>通讯组</dc:creator><content:encoded><![CDATA[{html}]]>"
        f"</content:encoded><excerpt:encoded>不要</excerpt:encoded><wp:post_type>{kind}</wp:post_type>"
        f"<wp:status>{status}</wp:status><wp:post_date>2019-03-05 09:30:00</wp:post_date>"
        f'<category domain="post_tag">标签</category><category domain="category">新闻</category>{more}</item>'
    )


def wxr(*items):
    return f"{HEAD}{''.join(items)}</channel></rss>"


def png(colour="#1a4490"):
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return drawn.getvalue()


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_png", ".png"), content)
    made.seek(0)
    return made


TABLE = (
    "标题,发布时间,栏目,内容,原地址,作者\n"
    '食堂改造,2018年4月2日,新闻,"<p>换灶<a href=""/show.asp?id=8"">前文</a></p>'
    '<img src=""/upload/2018/灶台.png"" alt=""灶台"">",http://old.test/show.asp?id=9,后勤处\n'
    "放假通知,2018/5/1,通知公示,<p>五一</p>,/notice/3.html,\n"
    ",2018-05-02,新闻,没有题目,,\n"
    "会议,不知道,老栏目,<p>开会</p>,,\n"
)


def test_wordpress_is_read_with_what_it_keeps_beside():
    picture = item("x", "", kind="attachment", more=(
        "<wp:attachment_url>http://old.test/up/塔.jpg</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt"
        "</wp:meta_key><wp:meta_value>水塔</wp:meta_value></wp:postmeta>"))  # fmt: skip
    post = item("塔", '<p>一</p><img src="http://old.test/up/塔-300x200.jpg" alt="">', link="http://old.test/?p=1")
    export = read_wxr(wxr(picture, post, item("草稿", "x", status="draft"), item("菜单", "x", kind="nav_menu_item")))
    (one,) = export.articles
    assert (one.title, one.day, one.column, one.address, one.author) == (
        "塔", date(2019, 3, 5), "新闻", "http://old.test/?p=1", "通讯组",
    )  # fmt: skip
    assert 'alt="水塔"' in one.html
    assert [fault.words for fault in export.faults] == ["“草稿”在旧站上没有公开，不导入。"]


def test_bare_lines_of_wordpress_become_paragraphs_and_shortcodes_go():
    html = html_of('第一段\n\n第二段[gallery ids="1"]\n\n[caption id="a"]<img src="a.png"> 图注[/caption]')
    assert html == '<p>第一段</p><p>第二段</p><p><img src="a.png"> 图注</p>'


def test_a_table_is_read_by_its_headings():
    export = read_table(TABLE)
    assert [(one.title, one.day, one.column) for one in export.articles] == [
        ("食堂改造", date(2018, 4, 2), "新闻"), ("放假通知", date(2018, 5, 1), "通知公示"), ("会议", None, "老栏目"),
    ]  # fmt: skip
    assert [(fault.place, fault.words) for fault in export.faults] == [("第 4 行", "没有标题，不导入。")]
    assert not read_table("甲,乙\n1,2\n").articles
    assert "标题" in read_table("甲,乙\n1,2\n").faults[0].words


@pytest.mark.parametrize("words", ["2019-13-40", "", "昨天", "0000-00-00"])
def test_what_is_no_day_is_none(words):
    assert day_of(words) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_of_chinese_sites_are_read(encoding):
    assert read_table(decoded(TABLE.encode(encoding))).articles[0].title == "食堂改造"


def test_a_declaration_that_lies_does_no_harm():
    text = wxr(item("塔", "<p>一</p>"))
    assert read_wxr(decoded(text.replace("UTF-8", "GBK").encode("gbk"))).articles[0].title == "塔"
    assert read_wxr(decoded(text.replace("UTF-8", "GB2312").encode())).articles[0].title == "塔"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
)
OUTSIDE = '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel></channel></rss>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB.encode(), OUTSIDE.encode(), b"<rss><channel><item>", b"<html><p>no</p></html>", b"\xff\xfe\xfa\x80\x81\xff",
        b"", b"\x00" * 100, ("<a>" * 5000).encode(), b"title,html\n", b"a,b\n1,2\n",
        b'<?xml version="1.0" encoding="base64"?><rss/>', b'title,html\n"' + b"x" * 3_000_000,
    ],
)  # fmt: skip
def test_hostile_exports_are_refused_in_words(site, cast, content):
    with pytest.raises(NotTaken) as refused:
        read_import(name="a", content=content, room="assoc", by=cast["editor"], at=database_now())
    assert len(str(refused.value)) > 6
    assert not SiteImport.objects.exists()


def test_hostile_zips_are_refused_or_passed_over(tmp_path):
    with pytest.raises(AlbumRefused):
        list(in_zip(io.BytesIO(b"PK\x03\x04 no")))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.png", b"\0" * 30_000_000)
        archive.writestr("../../out.png", png())
        archive.writestr("run.exe", b"MZ")
    bomb.seek(0)
    assert [name for name, _content in in_zip(bomb)] == ["../../out.png"], "a name is a name, nothing is unpacked"
    (tmp_path / "in").mkdir()
    (tmp_path / "out.png").write_bytes(png())
    (tmp_path / "in" / "led.png").symlink_to(tmp_path / "out.png")
    (tmp_path / "in" / "own.png").write_bytes(png())
    assert [name for name, _content in in_folder(tmp_path / "in")] == ["own.png"]


def test_a_picture_is_found_by_the_end_of_its_address():
    album = Album({"uploads/2019/塔.jpg": "1", "uploads/2020/塔.jpg": "2", "uploads/灶.png": "3"})
    assert album.find("http://old.test/wp-content/uploads/2019/%E5%A1%94-300x200.jpg") == "1"
    assert album.find("/uploads/2020/塔.JPG") == "2"
    assert album.find("/elsewhere/灶.png") == "3"
    assert album.find("/uploads/2021/塔.jpg") is None, "two have this name: neither is guessed"
    assert album.find("http://[broken") is None


@pytest.fixture
def old_site(site, cast):
    """The table read by the secretary, with its picture."""
    return read_import(
        name="旧站.csv", content=TABLE.encode("gbk"), pictures=[("upload/2018/灶台.png", png())], room="food",
        by=cast["secretary"], at=database_now(),
    )  # fmt: skip


def run(row, cast, *, publishes=False, key="secretary", **columns):
    from cms.queries import import_columns

    here = {page.title: page for page in reversed(import_columns())}
    chosen = {name: here.get(columns.get(name, name)) for name in row.columns}
    start_import(site_import=row, columns=chosen, publishes=publishes, by=cast[key], at=database_now())
    bring_in(row.pk)
    row.refresh_from_db()
    return row


def test_it_is_looked_through_before_anything_is_written(old_site):
    assert not NewsPage.objects.exists()
    assert not Picture.objects.exists()
    reports = {one.title: one.report for one in old_site.articles.all()}
    assert reports == {"食堂改造": [], "放假通知": [], "会议": [["no_day", ""]]}
    assert list(old_site.columns) == ["新闻", "通知公示", "老栏目"]
    assert old_site.columns["老栏目"] is None


def test_pages_come_in_with_their_days_pictures_and_redirects(old_site, cast, association_client):
    run(old_site, cast, publishes=True)
    page = NewsPage.objects.get(title="食堂改造")
    assert (page.live, page.date, page.room, page.author) == (True, date(2018, 4, 2), "food", "后勤处")
    assert page.first_published_at.date() == date(2018, 4, 2)
    assert [block.block_type for block in page.body] == ["paragraph", "picture"]
    assert 'href="/show.asp?id=8"' in str(page.body[0].value), "links within the old site wait for their redirects"
    assert Picture.objects.get().alt_text == "灶台"
    answer = association_client.get("/show.asp?id=9")
    assert (answer.status_code, answer.headers["Location"]) == (301, page.url)
    assert NoticePage.objects.get().title == "放假通知"
    assert {one.title: one.state for one in old_site.articles.all()} == {
        "食堂改造": "live", "放假通知": "live", "会议": "left_out",
    }  # fmt: skip
    assert old_site.state == "done"
    assert old_site.pictures == {}
    released = association_client.get(page.url).content.decode()
    assert str(cast["secretary"]) in released, "who let it in is shown"


def test_importing_twice_makes_nothing_double(old_site, cast):
    run(old_site, cast)
    again = read_import(
        name="旧站.csv", content=TABLE.encode(), pictures=[("灶台.png", png())], room="food", by=cast["secretary"],
        at=database_now(),
    )  # fmt: skip
    run(again, cast, 老栏目="新闻")
    assert {one.title: one.state for one in again.articles.all()} == {
        "食堂改造": "known", "放假通知": "known", "会议": "draft",
    }  # fmt: skip
    assert NewsPage.objects.count() == 2
    assert Redirect.objects.count() == 2
    NewsPage.objects.get(title="食堂改造").delete()
    third = read_import(name="3", content=TABLE.encode(), room="food", by=cast["secretary"], at=database_now())
    run(third, cast)
    assert NewsPage.objects.filter(title="食堂改造").exists(), "what an editor threw away may come again"


def test_what_lacks_something_stays_a_draft_although_the_rest_is_published(site, cast):
    table = (
        "title,date,column,html,address\n"
        'a,2018-01-01,新闻,"<p>x<script>alert(1)</script></p><img src=""/lost.png"" alt=""灯"">",/a.html\n'
        'b,2018-01-02,新闻,"<p>y <a href=""/up/表.xls"">表</a></p><img src=""/have.png"">",/b.html\n'
        "c,2018-01-03,新闻,<p>z</p>,/about/\n"
        "d,2018-01-04,新闻,,/d.html\n"
    )
    pictures = [("have.png", png())]
    row = read_import(
        name="t", content=table.encode(), pictures=pictures, room="assoc", by=cast["secretary"], at=database_now()
    )
    run(row, cast, publishes=True)
    assert {one.title: (one.state, one.report) for one in row.articles.all()} == {
        "a": ("draft", [["removed", "<script> × 1"], ["picture_missing", "/lost.png"]]),
        "b": ("draft", [["no_words", "/have.png"], ["file", "/up/表.xls"]]),
        "c": ("live", []),
        "d": ("draft", [["no_text", ""]]),
    }
    assert "alert" not in str(NewsPage.objects.get(title="a").body)
    assert Redirect.objects.filter(old_path="/a.html").exists()


def test_only_who_releases_may_publish_an_import(old_site, cast):
    with pytest.raises(ImportRefused):
        start_import(site_import=old_site, columns={}, publishes=True, by=cast["editor"], at=database_now())
    run(old_site, cast, key="editor")
    assert not NewsPage.objects.filter(live=True).exists()
    with pytest.raises(ImportRefused):
        start_import(site_import=old_site, columns={}, publishes=False, by=cast["editor"], at=database_now())
    with pytest.raises(ImportRefused):
        add_pictures(site_import=old_site, pictures=[], by=cast["editor"], at=database_now())


def test_the_newsroom_looks_adds_pictures_and_starts(site, cast, queries):
    client = client_for(cast["secretary"])
    sent = {"export": SimpleUploadedFile("旧站.csv", TABLE.encode("gbk")), "room": "food"}
    answer = client.post("/cms/imports/", sent)
    row = SiteImport.objects.get()
    address = f"/cms/imports/{row.public_id}/"
    assert answer.headers["Location"] == address
    page = client.get(address).content.decode()
    assert "图片不在其中" in page
    album = SimpleUploadedFile("图.zip", zipped(upload__2018__灶台_png=png()).getvalue())
    client.post(f"{address}pictures/", {"album": album})
    assert "图片不在其中" not in client.get(address).content.decode()
    news = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    client.post(address, {"column-0": news.pk, "column-1": "", "column-2": news.pk, "as": "published"})
    bring_in(row.pk)
    page = client.get(address).content.decode()
    assert "食堂改造" in page
    report = client.get(f"{address}report.csv").content.decode("utf-8-sig")
    assert "会议" in report
    assert "没有日期" in report
    assert client.post(f"{address}discard/").status_code == 302
    assert SiteImport.objects.exists(), "what was begun is not thrown away"


def test_a_refused_export_is_said_on_the_form(site, cast):
    client = client_for(cast["editor"])
    answer = client.post("/cms/imports/", {"export": SimpleUploadedFile("a.xml", BOMB.encode()), "room": "food"})
    assert answer.status_code == 422
    assert "实体" in answer.content.decode()
    assert client_for(cast["officer"]).get("/cms/imports/").status_code == 404, "officers edit one section"


def test_the_command_shows_first_and_writes_when_told(site, cast, tmp_path, capsys):
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "upload" / "2018").mkdir(parents=True)
    (tmp_path / "upload" / "2018" / "灶台.png").write_bytes(png())
    given = [str(tmp_path / "a.csv"), "--by", "secretary", "--pictures", str(tmp_path), "--column", "老栏目=/news/"]
    call_command("import_articles", *given, "--report", str(tmp_path / "report.csv"))
    assert "Nothing was written" in capsys.readouterr().out
    assert not SiteImport.objects.exists()
    assert "会议" in (tmp_path / "report.csv").read_text("utf-8-sig")
    call_command("import_articles", *given, "--publish", "--go")
    assert NewsPage.objects.filter(live=True).count() == 1
    assert NewsPage.objects.count() == 2
    for wrong in (["--by", "stranger"], ["--column", "无=/news/"]):
        with pytest.raises(CommandError):
            call_command("import_articles", *given, *wrong)
