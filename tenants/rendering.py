"""The state of a migration run that renders no more model classes than the next statement needs.

After each operation Django renders anew every model that is related to the changed one, by whatever way: with a table of
people that is nearly all of them, and was four fifths of the time of an upgrade. Here only those are rendered anew whose
classes would point to one that is gone.
"""

from contextlib import suppress

from django.db.migrations.state import ProjectState

Key = tuple[str, str]


class ThriftyState(ProjectState):
    """As Django's, but for what is rendered after a change.

    A class is made anew with those that refer to it (by a field or as a base), and those that refer to them. What it
    refers to itself stays: rendering a model also tells the classes it points to. A change of options that no statement
    reads renders nothing; Django's own mark for such states (`is_delayed`) lets RunPython begin with fresh classes.
    """

    def clone(self) -> "ThriftyState":
        """A copy; `migrate` begins with one."""
        usual = super().clone()
        copy = type(self)(usual.models, usual.real_apps)
        copy.is_delayed = usual.is_delayed
        if "apps" in usual.__dict__:
            copy.apps = usual.apps
        return copy

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
        key = (app_label, model_name)
        with suppress(LookupError):
            # The state before the operation keeps the old classes; their view of each other is read before it changes.
            self.apps.get_model(*key)._meta._relation_tree  # noqa: B018
        standing = self._standing()
        found, waiting = {key}, [key]
        while waiting:
            one = waiting.pop()
            new = ({*self._pointing_to(one), *standing.get(".".join(one), ())} & self.models.keys()) - found
            found |= new
            waiting += new
        return found

    def _pointing_to(self, key: Key) -> set[Key]:
        """The models that refer to one by a field."""
        state = self.models.get(key)
        if state is None or not state.options.get("proxy"):
            return set(self.relations.get(key, ()))
        return {*self.relations.get(key, ()), *self.relations.get(self.get_concrete_model_key(key), ())}  # type: ignore[arg-type]

    def _standing(self) -> dict[str, list[Key]]:
        """The models that stand on another, by its name."""
        found: dict[str, list[Key]] = {}
        for key, state in self.models.items():
            for base in state.bases:
                if isinstance(base, str):
                    found.setdefault(base.lower(), []).append(key)
        return found
