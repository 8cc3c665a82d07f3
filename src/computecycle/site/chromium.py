"""Find the machine's own Chromium or Chrome, which prints the edition and opens it in tests.

One without a window is taken first: for the same pages it works half as much.
"""

import os
import shutil

NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
APPLICATIONS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]


def of_the_system() -> str:
    """Return the path of the machine's own browser, or an empty text."""
    known = [shutil.which(name) for name in NAMES] + [
        place for place in APPLICATIONS if os.access(place, os.X_OK)
    ]
    return next((path for path in known if path), "")
