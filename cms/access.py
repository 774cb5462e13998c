"""Who may write on the public site: editors of the association, as long as their post is in force, and nobody else."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import HomePage
from tenants.models import AssociationRole, User
from tenants.queries import association_roles

#: Not Wagtail's own "Editors": that group comes with its migrations and with other rights.
EDITORS = "site-editors"
#: Application label and codename of what an editor may do besides writing pages.
_GENERAL = [("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation")]
_PAGES = ["add_page", "change_page", "publish_page"]
#: Wagtail asks for the rights of its own models, also where other models take their place.
_PICTURES = ["add_image", "change_image", "choose_image"]
_DOCUMENTS = ["add_document", "change_document", "choose_document"]


def sync_editor(user: User, day: date) -> bool:
    """Bring a person's place in the editors' group into line with their post on `day`; True when they are an editor.

    Called whenever someone comes to the editor's door, so a post that has ended closes the door the same day.
    """
    is_editor = AssociationRole.EDITOR in association_roles(user, day)
    in_group = user.groups.filter(name=EDITORS).exists()
    if is_editor != in_group:
        change = user.groups.add if is_editor else user.groups.remove
        change(editors())
        _forget_permissions(user)
    return is_editor


def editors() -> Group:
    """The editors' group with exactly its rights; made when it is not there."""
    group, made = Group.objects.get_or_create(name=EDITORS)
    if made:
        grant_rights(group)
    return group


def grant_rights(group: Group) -> None:
    """Give the group its rights: all pages of the site, pictures and documents; no settings, no people."""
    wanted = Q()
    for label, codename in _GENERAL:
        wanted |= Q(content_type__app_label=label, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    for home in HomePage.objects.all():
        for permission in _of("wagtailcore", _PAGES):
            GroupPagePermission.objects.get_or_create(group=group, page=Page(pk=home.pk), permission=permission)
    root = Collection.get_first_root_node()
    for permission in [*_of("wagtailimages", _PICTURES), *_of("wagtaildocs", _DOCUMENTS)]:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _of(label: str, codenames: list[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=label, codename__in=codenames))


def _forget_permissions(user: User) -> None:
    """Django and Wagtail keep a person's rights on the object; what was kept before the change is stale."""
    for kept in [name for name in vars(user) if name.endswith(("_perm_cache", "_permission_cache"))]:
        delattr(user, kept)
