"""What stands behind addresses with parameters, one module per room."""

import importlib
import pkgutil


def load() -> None:
    """Import every module here: each registers its places."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
