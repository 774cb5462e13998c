"""Sees to LibreOffice for the proofs: workbooks must be read as it saves them, too."""

import os
import shutil

from deploy.browser import install_packages
from deploy.places import Places
from deploy.progress import Progress

PROGRAM, PACKAGE = "soffice", "libreoffice-calc-nogui"


def obtain(places: Places, progress: Progress) -> None:
    """Installs Debian's package where that is possible; without it those proofs are reported as skipped."""
    if shutil.which(PROGRAM):
        return
    if os.getuid() == 0 and shutil.which("apt-get"):
        progress.say(f"installing {PACKAGE}")
        install_packages([PACKAGE], places.logs / "office.log")
    if not shutil.which(PROGRAM):
        progress.say(f"NO LIBREOFFICE: install one (Debian: {PACKAGE}); its workbooks are skipped")
