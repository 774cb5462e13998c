"""Tables of the public site: pictures and documents, and one file for each kind of page."""

from cms.models.committees import CommitteeIndexPage, CommitteePage
from cms.models.counts import PageViews
from cms.models.downloads import DownloadPage
from cms.models.editing import Duty, NewsroomPost, Release, ReviewTask
from cms.models.events import EventIndexPage, EventPage
from cms.models.galleries import GalleryIndexPage, GalleryPage
from cms.models.home import HomePage
from cms.models.honours import HonourIndexPage, HonourPage
from cms.models.imports import ImportedArticle, SiteImport
from cms.models.media import Picture, PictureRendition, SiteDocument
from cms.models.members import MemberDirectoryPage
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.notices import NoticeIndexPage, NoticePage, PublicNoticePage
from cms.models.regulations import RegulationIndexPage, RegulationPage
from cms.models.research import ResearchIndexPage, ResearchPage
from cms.models.standing import ContactPage, SiteMapPage, StandardPage
from cms.models.takedowns import TakeDown
from cms.models.topics import TopicIndexPage, TopicPage

__all__ = [
    "CommitteeIndexPage",
    "CommitteePage",
    "ContactPage",
    "DownloadPage",
    "Duty",
    "EventIndexPage",
    "EventPage",
    "GalleryIndexPage",
    "GalleryPage",
    "HomePage",
    "HonourIndexPage",
    "HonourPage",
    "ImportedArticle",
    "MemberDirectoryPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsroomPost",
    "NoticeIndexPage",
    "NoticePage",
    "PageViews",
    "Picture",
    "PictureRendition",
    "PublicNoticePage",
    "RegulationIndexPage",
    "RegulationPage",
    "Release",
    "ResearchIndexPage",
    "ResearchPage",
    "ReviewTask",
    "SiteDocument",
    "SiteImport",
    "SiteMapPage",
    "StandardPage",
    "TakeDown",
    "TopicIndexPage",
    "TopicPage",
]
