"""Find Chromium or Chrome for the tests of the site; as a script, install it where none is found.

`make test` runs this file first: it prints the path of the browser, or ends with status 2 and one
sentence that says what to install. Importing it installs nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from computecycle.site.chromium import of_the_system

MISSING = (
    "No Chromium or Chrome was found and none could be installed; "
    "install the package `chromium` (or Google Chrome) and run `make test` again."
)


ARGUMENTS = ["--no-sandbox"]
ARGUMENTS += ["--blink-settings=lazyLoadingImageMarginPxUnknown=1250"]  # px before a picture is
# seen, from where it is asked for on a usual line; without a window the line is not known
PACKAGES = ("chromium-headless-shell", "chromium")  # of Debian; the first works half as much


def of_playwright() -> str:
    """Return the path of the browser that playwright has downloaded, or an empty text."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = driver.chromium.executable_path
    return path if Path(path).exists() else ""


def found() -> str:
    """Return the path of a browser, or an empty text."""
    return of_the_system() or of_playwright()


def succeeds(*command: str) -> bool:
    """Whether a command could be run and ended well; what it says goes to standard error."""
    try:
        return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0
    except OSError:
        return False


def install() -> str:
    """Install a browser by playwright or else by apt-get; return its path, or an empty text."""
    if succeeds(sys.executable, "-m", "playwright", "install", "chromium") and found():
        return found()
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        _ = succeeds("apt-get", "update", "-qq")
        _ = any(succeeds(*quiet, name) for name in PACKAGES)
    return found()


def main() -> int:
    """Say where a browser is, having installed one where need be; return the exit status."""
    path = found() or install()
    print(path or MISSING, file=sys.stdout if path else sys.stderr)
    return 0 if path else 2


if __name__ == "__main__":
    sys.exit(main())
