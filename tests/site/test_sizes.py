"""Each page says how large the books are, whenever it was written; pages that say so already are left alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from handbook.site.downloads import DOWNLOADS, download_links, state_sizes

if TYPE_CHECKING:
    from pathlib import Path

BOOK = f"{DOWNLOADS}/iclei-handbook-ja.pdf"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages in Japanese, with a book of 1.5 MB, which has stated its size."""
    folder = tmp_path / "site"
    (folder / "ja/about").mkdir(parents=True)
    (folder / DOWNLOADS).mkdir()
    (folder / BOOK).write_bytes(bytes(1_500_000))
    for page in ("ja/index.html", "ja/about/name.html"):
        (folder / page).write_text(link(), encoding="utf-8")
    state(folder)
    return folder


def link() -> str:
    """Return the link to the book as Sphinx writes it, without a size."""
    return "".join(download_links("../", "ja", ["pdf"]))


def state(site: Path) -> None:
    state_sizes(site, site.parent / "locales", ["ja"])


def said(site: Path, page: str) -> str:
    text = (site / page).read_text(encoding="utf-8")
    return text.rpartition(' data-file="iclei-handbook-ja.pdf">')[2].partition("</span>")[0]


def written(site: Path) -> dict[str, int]:
    """Return when each page was written last."""
    return {page.name: page.stat().st_mtime_ns for page in site.rglob("*.html")}


def test_each_page_says_how_large_the_book_is(site: Path) -> None:
    assert said(site, "ja/index.html") == said(site, "ja/about/name.html") == "（1.5 MB）"


def test_pages_are_left_alone_where_all_say_so_already(site: Path) -> None:
    before = written(site)

    state(site)

    assert written(site) == before


def test_a_page_that_was_written_again_says_so_again(site: Path) -> None:
    (site / "ja/index.html").write_text(link(), encoding="utf-8")
    before = written(site)

    state(site)

    assert said(site, "ja/index.html") == "（1.5 MB）"
    assert written(site)["name.html"] == before["name.html"]


def test_a_page_that_came_from_elsewhere_with_an_old_date_says_so_too(site: Path) -> None:
    """As copies and archives do, which keep the time of writing."""
    page = site / "ja/index.html"
    page.write_text(link(), encoding="utf-8")
    os.utime(page, (0, 0))

    state(site)

    assert said(site, "ja/index.html") == "（1.5 MB）"


def test_a_book_that_has_grown_is_stated_anew_on_every_page(site: Path) -> None:
    (site / BOOK).write_bytes(bytes(2_500_000))

    state(site)

    assert said(site, "ja/index.html") == said(site, "ja/about/name.html") == "（2.5 MB）"


def test_a_book_that_is_gone_has_no_size(site: Path) -> None:
    (site / BOOK).unlink()

    state(site)

    assert said(site, "ja/about/name.html") == ""


def test_half_a_page_that_somebody_left_is_taken_away(site: Path) -> None:
    half = site / "ja/about/.name.html.half"
    half.write_text("<a", encoding="utf-8")

    state(site)

    assert not half.exists()
