"""What a build for a known address says to search engines and readers of feeds: a small site with the pages' own theme and hooks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[2]
BASE = "https://criteria.example/ntm/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, each the other's twin, built as ``make site`` builds them, with the address at which they are to stand."""
    folder: Path = tmp_path_factory.mktemp("published")
    pages = {"vi/a": ("vi", "Nước «sạch»", "../../en/b/"), "en/b": ("en", "Clean water", "../../vi/a/")}
    for place, (lang, title, other) in pages.items():
        (folder / "docs" / place).mkdir(parents=True)
        meta = {"title": title, "description": f"{title}.", "lang": lang, "other": other, "generated": True}
        front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in meta.items())
        (folder / "docs" / place / "index.md").write_text(f"---\n{front}\n---\n\n# {title}\n", "utf-8")
    (folder / "docs" / "index.md").write_text("# Trang chủ\n", "utf-8")
    config: dict[str, Any] = {
        "INHERIT": str(TOP / "mkdocs.yml"),
        "docs_dir": "docs",
        "site_dir": "site",
        "nav": [],
        "theme": {"custom_dir": str(TOP / "overrides")},
        "hooks": [str(TOP / "overrides" / "hooks.py")],
        "plugins": {"search": {}},
        "strict": False,
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")],
        env={**os.environ, "NTM_SITE_URL": BASE, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        timeout=300,
    )
    return folder / "site"


def _links(page: str, rel: str) -> list[tuple[str, str]]:
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="(\w+)")? href="([^"]+)"', page)
    return [(lang, href) for lang, href in found]


def test_each_page_names_its_address_and_its_twin(published: Path) -> None:
    """Canonical, hreflang and the address told to those who share it are whole addresses, without steps back."""
    for own, twin in (("vi/a/", "en/b/"), ("en/b/", "vi/a/")):
        page = (published / own / "index.html").read_text("utf-8")
        assert _links(page, "canonical") == [("", BASE + own)]
        assert _links(page, "alternate twin") == [(own[:2], BASE + own), (twin[:2], BASE + twin)]
        assert f'<meta property="og:url" content="{BASE}{own}">' in page
        assert f'<meta property="og:locale" content="{"en_GB" if own == "en/b/" else "vi_VN"}">' in page


def test_the_list_of_pages_has_every_page(published: Path) -> None:
    """What search engines read first."""
    listed = re.findall(r"<loc>([^<]+)</loc>", (published / "sitemap.xml").read_text("utf-8"))
    assert sorted(listed) == [BASE, f"{BASE}en/b/", f"{BASE}vi/a/"]
