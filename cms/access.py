"""Who may write on the public site: people with a duty in the newsroom, as long as it is in force, and nobody else."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import HomePage
from cms.models.editing import Duty
from cms.sections import mixed_lists, section_roots
from cms.standing import Standing, standing_of
from tenants.models import User

#: Everybody with a duty: the door, and pictures and documents to choose from. Not Wagtail's own "Editors": that group
#: comes with its migrations and with other rights.
NEWSROOM = "site-newsroom"
#: Editors of the whole site.
EDITORS = "site-editors"
#: Writers of one section: `site-section-food`.
SECTION = "site-section-"
_GENERAL = [("wagtailadmin", "access_admin")]
_TRANSLATE = [("simple_translation", "submit_translation")]
#: Nobody holds `publish_page`: a page is published by the last of three reviews.
_PAGES = ["add_page", "change_page", "lock_page"]
#: Wagtail asks for the rights of its own models, also where other models take their place.
_CHOOSE = [("wagtailimages", ["choose_image"]), ("wagtaildocs", ["choose_document"])]
_OWN_FILES = [("wagtailimages", ["add_image", "choose_image"]), ("wagtaildocs", ["add_document", "choose_document"])]
_ALL_FILES = [
    ("wagtailimages", ["add_image", "change_image", "choose_image"]),
    ("wagtaildocs", ["add_document", "change_document", "choose_document"]),
]
FileRights = list[tuple[str, list[str]]]


def sync_newsroom(user: User, day: date) -> Standing:
    """Bring a person's groups into line with their duties on `day`; what they may do.

    Called whenever someone comes to the editor's door, so a post that has ended closes the door the same day.
    """
    standing = standing_of(user, day)
    wanted = groups_for(standing)
    held = set(user.groups.filter(name__startswith="site-").values_list("name", flat=True))
    if wanted != held:
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))
        user.groups.add(*[group_named(name) for name in wanted - held])
        _forget_permissions(user)
        user._newsroom_standing = standing  # type: ignore[attr-defined]
    return standing


def groups_for(standing: Standing) -> set[str]:
    """The names of the groups that fit somebody's duties."""
    if not standing:
        return set()
    if standing.writes_everywhere:
        return {NEWSROOM, EDITORS}
    return {NEWSROOM, *(f"{SECTION}{room}" for room in standing.rooms)}


def group_named(name: str) -> Group:
    """A group with exactly its rights; made when it is not there."""
    group, made = Group.objects.get_or_create(name=name)
    if made:
        grant_rights(group)
    return group


def refresh_rights() -> None:
    """Give all groups of the newsroom their rights anew: after the ground is laid, or a section's page is made."""
    for name in (NEWSROOM, EDITORS):
        group_named(name)
    for group in Group.objects.filter(name__startswith="site-"):
        grant_rights(group)


def grant_rights(group: Group) -> None:
    """Give a group its rights: pages, pictures and documents; no settings, no people."""
    if group.name == EDITORS:
        _grant(group, [*_GENERAL, *_TRANSLATE], list(HomePage.objects.all()), _PAGES, _ALL_FILES)
    elif group.name.startswith(SECTION):
        pages = [*mixed_lists(), *section_roots(group.name.removeprefix(SECTION))]
        _grant(group, _GENERAL, pages, ["add_page"], _OWN_FILES)
    else:
        _grant(group, _GENERAL, [], [], _CHOOSE)


def _grant(
    group: Group, general: list[tuple[str, str]], pages: Iterable[Page], moves: list[str], files: FileRights
) -> None:
    wanted = Q()
    for label, codename in general:
        wanted |= Q(content_type__app_label=label, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    rights = [(page.pk, right.pk) for page in pages for right in _of("wagtailcore", moves)]
    for row in GroupPagePermission.objects.filter(group=group):
        if (row.page_id, row.permission_id) not in rights:
            row.delete()
    for page, right in rights:
        GroupPagePermission.objects.get_or_create(group=group, page_id=page, permission_id=right)
    root = Collection.get_first_root_node()
    for label, codenames in files:
        for permission in _of(label, codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _of(label: str, codenames: list[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=label, codename__in=codenames))


def may_do(user: User, duty: Duty) -> bool:
    """Whether a person has a duty for the whole site."""
    return standing_of(user).has(duty)


def _forget_permissions(user: User) -> None:
    """Django and Wagtail keep a person's rights on the object; what was kept before the change is stale."""
    for kept in [name for name in vars(user) if name.endswith(("_perm_cache", "_permission_cache", "_standing"))]:
        delattr(user, kept)
