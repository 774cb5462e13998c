"""A site with a page of every kind in every state, each with a word of its own that stands nowhere else."""

import io
import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import models
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page, get_page_models

from cms.actions.takedowns import take_down
from cms.models import HomePage, Picture, SiteDocument
from cms.models.base import SitePage
from cms.setup import lay_foundation, published
from committees.roster.models import Committee
from tenants.clock import database_now
from tests.cms.newsroom import give_duty

STATES = ("live", "draft", "reviewed", "scheduled", "expired", "taken")
HIDDEN = tuple(state for state in STATES if state != "live")
#: How a page is made that nobody has published.
BEFORE = {state: {"live": False} for state in ("draft", "reviewed", "scheduled")}
#: In every title, so that one question finds all of them.
BIRD = "稀有鸟"
Key = tuple[str, str]


@dataclass
class Zoo:
    """Pages, and the picture and document that only each of them shows, by kind and state."""

    pages: dict[Key, Page] = field(default_factory=dict)
    renditions: dict[Key, str] = field(default_factory=dict)
    documents: dict[Key, str] = field(default_factory=dict)
    #: A live page that names every other one in its blocks and its text.
    gathering: Page | None = None

    def hidden(self):
        """What nobody outside may meet."""
        return {key: page for key, page in self.pages.items() if key[1] != "live"}


def kinds():
    """Kinds of page that stand under another; the home page stands by itself."""
    found = [kind for kind in get_page_models() if issubclass(kind, SitePage)]
    return sorted((kind for kind in found if kind.allowed_parent_page_models()), key=lambda kind: kind.__name__)


def canary(key):
    """The word of a page."""
    return f"canary{key[0].lower()}{key[1]}"


def build(cast, patch):
    """The whole ground, made once for a module; the ways into each state are those of people."""
    home = lay_foundation()
    give_duty(cast["correspondent"])
    zoo = Zoo()
    for kind in kinds():
        patch.setattr(kind, "max_count_per_parent", None, raising=False)
        for state in STATES:
            key = (kind.__name__, state)
            shown = {
                "slug": f"zoo-{kind.__name__.lower()}-{state}",
                **furnished(zoo, key, kind),
                **BEFORE.get(state, {}),
            }
            zoo.pages[key] = page = make(kind, shelf_for(kind, home), f"{BIRD}{canary(key)}", **shown)
            bring_to(page, state, cast)
    zoo.gathering = gather(zoo, home)
    _twins(zoo)
    _chicks(zoo)
    return zoo


def make(kind, parent, title, **more):
    """A page of a kind with every required field filled in."""
    page = kind(title=title, locale=parent.locale, **{**_required(kind, title), **more})
    parent.add_child(instance=page)
    return page


def _required(kind, title):
    given = {"contact_phone": "021-5550 0100"} if hasattr(kind, "contact_phone") else {}
    for one in kind._meta.get_fields():
        own = isinstance(one, models.Field) and one.model is not Page and not one.primary_key
        if not own or one.null or one.blank or one.has_default():
            continue
        if (value := _value(one, title)) is not None:
            given[one.name] = value
    return given


def _value(one, title):
    if isinstance(one, models.DateTimeField):
        return timezone.now() + timedelta(days=3)
    if isinstance(one, models.DateField):
        return timezone.localdate() + timedelta(days=3)
    if isinstance(one, models.ForeignKey):
        return Committee.objects.first() if one.related_model is Committee else None
    if isinstance(one, models.EmailField):
        return "office@example.test"
    if isinstance(one, models.URLField):
        return "https://example.test/"
    if isinstance(one, models.CharField | models.TextField):
        return one.choices[0][0] if one.choices else title[:40]
    return None


def shelf_for(kind, home):
    """A live page under which the kind may stand; made when it is not there."""
    above = kind.allowed_parent_page_models()
    if type(home) in above:
        return home
    for option in above:
        if found := option.objects.live().filter(locale=home.locale).exclude(slug__startswith="zoo-").first():
            return found.specific
    option = next(one for one in above if one is not kind)
    return published(make(option, shelf_for(option, home), f"架子{option.__name__}"))


def furnished(zoo, key, page_kind):
    """A body with a picture and a document of its own, where the kind has one."""
    if not hasattr(page_kind, "body"):
        return {}
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "#1a4490").save(drawn, "PNG")
    picture = Picture(title=canary(key), alt_text=canary(key))
    picture.file = ImageFile(io.BytesIO(drawn.getvalue()), name=f"{canary(key)}.png")
    picture._set_image_file_metadata()
    picture.save()
    # Words of files are found, too; of one kind's only, as a child process reads each.
    kind = "txt" if key[0] == "NewsPage" else "zip"
    content = ContentFile(canary(key).encode(), name=f"{canary(key)}.{kind}")
    document = SiteDocument(title=canary(key), file=content, file_size=content.size)
    document.save()
    zoo.renditions[key] = picture.get_rendition("width-8|format-png").url
    zoo.documents[key] = document.url
    return {"body": [("picture", {"picture": picture, "caption": canary(key)}), ("attachment", document)]}


def bring_to(page, state, cast):
    """Put a page that was just made into a state, the way people do."""
    if state in {"draft", "reviewed"}:
        page.save_revision(user=cast["correspondent"])
        if state == "reviewed":
            page.get_workflow().start(page, cast["correspondent"])
    elif state == "scheduled":
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
    else:
        published(page)
    if state == "expired":
        page.unpublish(set_expired=True)
    if state == "taken":
        take_down(page, reason="撤", by=cast["editor"], at=database_now())
    page.refresh_from_db()
    assert page.live == (state == "live"), (page, state)


def gather(zoo, home):
    """A topic whose editor once chose all of them, and links to them in words."""
    from cms.models import TopicPage

    links = "".join(f'<p><a linktype="page" id="{page.pk}">到那里</a></p>' for page in zoo.pages.values())
    body = [
        ("pages", {"title": "接着读", "pages": list(zoo.pages.values())}),
        ("paragraph", TopicPage.body.field.stream_block.child_blocks["paragraph"].to_python(links)),
    ]
    regulation = [page for key, page in zoo.pages.items() if key[0] == "RegulationPage"]
    topic = published(make(TopicPage, shelf_for(TopicPage, home), "汇集", slug="gathering", body=body))
    live = next(page for page in regulation if page.live)
    live.supersedes.set([page for page in regulation if not page.live])
    published(live)
    HomePage.objects.filter(pk=home.pk).update(lead_story=zoo.pages["NewsPage", "draft"])
    return topic


def _twins(zoo):
    """A live English page whose Chinese original is not public: its language switch must not say so."""
    english = Locale.objects.get(language_code="en")
    for key, page in zoo.hidden().items():
        if key[0] == "NewsPage":
            twin = page.copy_for_translation(english)
            twin.title = twin.draft_title = f"Twin {key[1]}"
            twin.slug, twin.lead, twin.body, twin.attachments = f"twin-{key[1]}", "Twin.", [], []
            published(twin)


def _chicks(zoo):
    """Live stories below columns that are not public: the way to them must not name the column."""
    from cms.models import NewsPage

    for (kind, state), page in zoo.hidden().items():
        if kind == "NewsIndexPage" and state in {"draft", "expired"}:
            published(make(NewsPage, page, f"幼鸟{state}", slug=f"chick-{state}", lead="短。"))


_INNER = re.compile(r"/(en/)?(accounts|cms|desk|static|preferences|style|mailbox|developers|bulletins)")


def crawl(client, starts, most=500):
    """Texts of all pages a visitor reaches by links, by address; of sifted lists one choice at a time."""
    waiting, seen = list(starts), {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        answer.close()
        kind = answer.headers.get("Content-Type", "")
        readable = not answer.streaming and any(word in kind for word in ("text", "xml", "json"))
        seen[address] = answer.content.decode() if readable else ""
        if answer.status_code == 200 and "html" in kind:
            links = {unescape(link).split("#")[0] for link in re.findall(r'(?:href|src)="(/[^"]*)"', seen[address])}
            waiting += sorted(link for link in links if not _INNER.match(link) and link.count("=") < 2)
        elif answer.status_code in {301, 302} and answer.headers["Location"].startswith("/"):
            waiting.append(answer.headers["Location"])
    assert len(seen) < most, "the crawl came to its end"
    return seen


def holders(texts, word):
    """The addresses whose text holds a word."""
    return [address for address, text in texts.items() if re.search(rf"{word}\b", text)]
