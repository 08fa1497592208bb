"""The Atom feed: what RFC 4287 asks of it, and nothing of it where addresses are not known."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.site.pages import attribute, parsed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import TinyProject

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/handbook"


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    """A project with two changes, listed on a page below the root."""
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook.content", "handbook.site"')
    tiny_project.replace("conf.py", 'release = "2026-11-24"', f'release = "2026-11-24"\nhandbook_base_url = "{BASE}"')
    tiny_project.write("knowledge/eras.yaml", "- {id: era-founding, name: 設立, date: 1989}\n")
    tiny_project.write(
        "knowledge/changes.yaml",
        """
        - id: change-old
          name: 設立を加えました
          date: 2026-11-20
          kind: added
          summary: 1989年としました。
          about: [era-founding]
        - id: change-new
          name: 年 < 1990
          date: 2026-11-24
          kind: corrected
          summary: R&Dではありません。
          about: [era-founding]
        """,
    )
    tiny_project.write(
        "docs/index.md", "# はじめに\n\n```{toctree}\nlists/changes\n```\n\n```{record} era-founding\n```\n"
    )
    tiny_project.write("docs/lists/changes.md", "# 更新\n\n```{feed-link}\n```\n\n```{changes}\n```\n")
    return tiny_project


def text(element: ET.Element, name: str) -> str:
    """Return the text of the one child of a name."""
    (child,) = element.findall(ATOM + name)
    assert child.text
    return child.text


def links(element: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def test_the_feed_has_all_that_the_standard_demands(project: TinyProject) -> None:
    build = project.build()
    feed = ET.parse(build.output / "feed.xml").getroot()

    assert not build.warnings
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ja"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        # RFC 4287, 4.1.1 and 4.1.2: one each; 4.2.6: an IRI with its scheme; 3.3: a date with time and zone.
        assert urlsplit(text(element, "id")).scheme == "https"
        assert text(element, "title")
        moment = text(element, "updated")
        assert "T" in moment
        assert datetime.fromisoformat(moment).tzinfo is not None
    identities = [text(element, "id") for element in (feed, *entries)]
    assert len(set(identities)) == len(identities)
    # 4.1.1: a feed has an author, or else every entry has.
    (author,) = feed.findall(f"{ATOM}author")
    assert text(author, "name") == "手引きをつくる人"
    assert links(feed) == {"self": f"{BASE}/ja/feed.xml", "alternate": f"{BASE}/ja/lists/changes.html"}


def test_the_feed_tells_the_changes_newest_first_and_leads_to_them(project: TinyProject) -> None:
    build = project.build()
    feed = ET.parse(build.output / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")

    assert [(text(entry, "title"), text(entry, "summary")) for entry in entries] == [
        ("年 < 1990", "R&Dではありません。"),
        ("設立を加えました", "1989年としました。"),
    ]
    assert [text(entry, "updated") for entry in entries] == ["2026-11-24T00:00:00Z", "2026-11-20T00:00:00Z"]
    assert text(feed, "updated") == "2026-11-24T00:00:00Z", "the day of the newest change, not of the build"
    assert [links(entry)["alternate"] for entry in entries] == [
        f"{BASE}/ja/lists/changes.html#change-new",
        f"{BASE}/ja/lists/changes.html#change-old",
    ]
    assert parsed(build.output / "lists/changes.html").find(id="change-new")


def test_the_feed_is_in_the_language_of_its_edition(project: TinyProject) -> None:
    project.catalogue("knowledge", {"設立を加えました": "Founding added"})

    feed = ET.parse(project.build("en").output / "feed.xml").getroot()

    assert text(feed.findall(f"{ATOM}entry")[1], "title") == "Founding added"
    assert text(feed, "id") == f"{BASE}/en/feed.xml"


def test_readers_and_programs_find_the_feed(project: TinyProject) -> None:
    project.replace("conf.py", 'html_theme = "basic"', 'html_theme = "furo"')
    output = project.build().output
    feed = (output / "feed.xml").resolve()

    assert feed_links(output / "index.html", "head link") == [feed]
    assert feed_links(output / "lists/changes.html", "head link") == [feed]
    assert feed_links(output / "lists/changes.html", "body a") == [feed]


def test_without_an_address_there_is_no_feed_and_no_link_to_one(project: TinyProject) -> None:
    project.replace("conf.py", f'handbook_base_url = "{BASE}"', 'handbook_base_url = ""')
    project.replace("conf.py", 'html_theme = "basic"', 'html_theme = "furo"')
    output = project.build().output

    assert not (output / "feed.xml").exists()
    assert feed_links(output / "lists/changes.html", "*") == []


def feed_links(page: Path, selector: str) -> list[Path]:
    """Return where the links of a page to a feed lead."""
    found = parsed(page).select(f'{selector}[type="application/atom+xml"]')
    return [(page.parent / attribute(link, "href")).resolve() for link in found]
