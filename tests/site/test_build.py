"""The site is what the sources say: built without a warning, with a page for each of theirs in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site.pages import EVERYTHING, LANGUAGES, SITE

if TYPE_CHECKING:
    import subprocess


def test_the_site_builds_without_a_warning(build: subprocess.CompletedProcess[str]) -> None:
    assert build.returncode == 0, f"python -m handbook build failed:\n{build.stderr}{build.stdout}"
    assert "WARNING" not in build.stderr, build.stderr


def test_the_handbook_comes_in_japanese_and_english(site: None) -> None:
    assert {"ja", "en"} <= set(LANGUAGES)


def test_the_site_has_exactly_the_pages_that_are_tested_here(site: None) -> None:
    built = {file.relative_to(SITE).as_posix() for file in SITE.rglob("*.html") if "_static" not in file.parts}
    # Its addresses begin with that of the site: see test_addresses.py.
    expected = {page.file.relative_to(SITE).as_posix() for page in EVERYTHING} | {"404.html"}
    assert not expected - built, "missing:\n" + "\n".join(sorted(expected - built))
    assert not built - expected, "from no source in docs/ (of a deleted one: make clean):\n" + "\n".join(
        sorted(built - expected)
    )


def test_the_site_holds_nothing_that_is_not_for_publishing(site: None) -> None:
    unwanted = ("*.doctree", "*.md", "*.md.txt", "*.mo", "*.pickle", "*.po", "*.pot")
    files = {file.relative_to(SITE).as_posix() for pattern in unwanted for file in SITE.rglob(pattern)}
    # Markdown twins are made for readers; the sources are not.
    found = files - {f"{page.file.relative_to(SITE).as_posix()}.md" for page in EVERYTHING}
    assert not found, "\n".join(sorted(found))
