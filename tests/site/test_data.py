"""The data beside the pages and inside them: there, linked, and in agreement with each other."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup, Tag
from rdflib import Graph

from handbook.content import linking_example
from handbook.knowledge import COLLECTIONS
from tests.site.pages import DOCUMENTS, LANGUAGES, SITE, Page, anchors, attribute

if TYPE_CHECKING:
    from rdflib.term import Node

    from tests.conftest import TinyProject

FILES = {
    "handbook.json",
    "handbook.schema.json",
    "handbook.ttl",
    "handbook.jsonld",
    "shapes.ttl",
    "sources.csv",
    *(f"{collection}.csv" for collection in COLLECTIONS),
}


@pytest.fixture(scope="module")
def turtle(site: None) -> dict[str, set[tuple[Node, Node, Node]]]:
    return {language: set(Graph().parse(SITE / language / "data/handbook.ttl")) for language in LANGUAGES}


@cache
def handbook(language: str) -> Any:
    """Return what handbook.json holds."""
    return json.loads((SITE / language / "data/handbook.json").read_text(encoding="utf-8"))


def test_all_files_are_there_and_linked_from_the_data_page(language: str) -> None:
    assert {file.name for file in (SITE / language / "data").iterdir()} == FILES
    links = Page(language, "reference/data").html.select("table.data-files a[href]")
    assert {attribute(link, "href") for link in links} == {f"../data/{name}" for name in FILES}


def test_the_page_says_how_many_rows_a_table_has(language: str) -> None:
    rows = Page(language, "reference/data").html.select("table.data-files tbody tr")
    counts = {row.select("th, td")[0].get_text(strip=True): row.select("td")[-1].get_text(strip=True) for row in rows}
    for name in (name for name in FILES if name.endswith(".csv")):
        text = (SITE / language / "data" / name).read_text(encoding="utf-8-sig")
        assert int(counts[name].replace(",", "")) == len(list(csv.DictReader(io.StringIO(text, newline="")))), name


def test_every_record_names_a_place_that_is_there(language: str) -> None:
    pages = {record["id"]: record["page"] for record in handbook(language)["records"] if "page" in record}
    assert pages["council"] == f"{language}/organization/council.html#council"
    broken = [
        page
        for page in pages.values()
        for path, _, anchor in [page.partition("#")]
        if anchor not in anchors(SITE / path)
    ]
    assert broken == []


def test_linked_data_is_the_same_in_every_edition(site: None) -> None:
    for name in ("handbook.ttl", "handbook.jsonld"):
        assert len({(SITE / language / "data" / name).read_bytes() for language in LANGUAGES}) == 1


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_a_page_says_of_its_records_what_the_data_says(
    document: Page, turtle: dict[str, set[tuple[Node, Node, Node]]]
) -> None:
    scripts = document.html.select('head script[type="application/ld+json"]')
    path = f"{document.language}/{document.docname}.html#"
    here = {
        record["iri"] for record in handbook(document.language)["records"] if record.get("page", "").startswith(path)
    }
    assert len(scripts) == (1 if here else 0)
    for script in scripts:
        graph = Graph().parse(data=script.string or "", format="json-ld")
        assert {str(subject) for subject in graph.subjects()} >= here
        assert set(graph) <= turtle[document.language]
        languages = {value.language for value in graph.objects() if getattr(value, "language", None)}  # type: ignore[attr-defined]
        assert languages == {document.language}


def test_another_project_can_link_to_a_record(tiny_project: TinyProject, site: None) -> None:
    """As the page "data" says."""
    conf = Path(linking_example.__file__).read_text(encoding="utf-8").partition("# [for readers]")[2]
    inventory = (SITE / "ja/objects.inv").as_posix()
    conf = conf.replace('"https://example.org/ja/", None', f'"https://example.org/ja/", "{inventory}"')
    assert inventory in conf
    tiny_project.write("conf.py", conf + '\nhtml_theme = "basic"\ntemplates_path = ["templates"]\nnitpicky = True\n')
    tiny_project.write(
        "docs/index.md",
        """
        # 別の文書

        {external:record:record}`council`

        [ICLEI Council](inv:handbook:record:record#council)
        """,
    )
    build = tiny_project.build()
    assert build.warnings == []
    links = [attribute(link, "href") for link in build.page().select("div.body a.external")]
    assert links == ["https://example.org/ja/organization/council.html#council"] * 2


@pytest.mark.parametrize(
    ("address", "link"), [("", None), ("https://example.org", "https://example.org/ja/data/terms.csv")]
)
def test_a_book_links_to_data_on_the_site_or_not_at_all(
    tiny_project: TinyProject, address: str, link: str | None
) -> None:
    """The files do not stand beside a book."""
    tiny_project.replace("conf.py", '"handbook.content"', '"handbook"')
    tiny_project.write("docs/index.md", "# データ\n\n```{data-files}\n```\n")
    with (tiny_project.root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f'handbook_base_url = "{address}"\n')
    build = tiny_project.build(builder="xml")
    document = BeautifulSoup((build.output / "index.xml").read_text(encoding="utf-8"), "xml")
    entry = next(cell for cell in document.select("entry") if cell.get_text(strip=True) == "terms.csv")
    found = entry.find("reference")
    assert (found["refuri"] if isinstance(found, Tag) else None) == link
