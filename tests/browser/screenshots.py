"""Pictures of a page of each type, to be looked at by people: ``make screenshots`` writes them to ``out/screenshots``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from test_site import PAGES

from browser_site import CHROMIUM, FLAGS, served

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Each page at the width of a phone and of a desk, in light and in dark, from top to bottom."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", color_scheme=scheme).new_page()
                for name, path in PAGES.items():
                    page.goto(address + path)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
