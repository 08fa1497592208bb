"""What a page leaves in Japanese is marked as Japanese, whatever its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from tests.conftest import TinyProject

PAGE = """
# 題

訳のない文です。

訳のある文です。

- 訳のない項目
- 訳のある項目

:::{note}
訳のない注です。
:::

ICLEI
"""


def test_every_node_of_a_translated_page_belongs_to_the_page(tiny_project: TinyProject) -> None:
    """A node of another document would bring that document's settings, and with them the whole environment."""
    tiny_project.write("docs/index.md", "# 題\n\n(here)=\n## 節\n\n[節](#here)と**強い**文です。\n")
    tiny_project.catalogue("index", {"[節](#here)と**強い**文です。": "A [section](#here) and a **strong** word."})

    page = tiny_project.build("en").doctree()

    found = [node.document for node in page.findall() if node.document is not None]
    assert len(found) > 5
    assert all(document is page for document in found)


def test_text_without_a_translation_is_marked_and_other_text_is_not(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", PAGE)
    tiny_project.catalogue("index", {"訳のある文です。": "A sentence.", "訳のある項目": "Item"})

    build = tiny_project.build("en")

    assert build.warnings == []
    marked = [(tag.name, tag.get_text().rstrip("¶")) for tag in build.page().select("div.body [lang=ja]")]
    assert marked == [
        ("h1", "題"),
        ("p", "訳のない文です。"),
        ("p", "訳のない項目"),
        ("p", "訳のない注です。"),
    ]
    assert build.sentences() == [
        "訳のない文です。",
        "A sentence.",
        "訳のない項目",
        "Item",
        "Note",
        "訳のない注です。",
        "ICLEI",
    ]


def test_a_guess_leaves_its_message_japanese_and_marked(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/index.md", PAGE)
    tiny_project.catalogue("index", {"訳のない文です。": "A guess."})
    tiny_project.replace("locales/en/LC_MESSAGES/index.po", 'msgid "訳の', '#, fuzzy\nmsgid "訳の')

    page = tiny_project.build("en").page()

    assert "A guess." not in page.get_text()
    assert page.select("div.body p[lang=ja]")[0].get_text() == "訳のない文です。"


@pytest.mark.parametrize("builder", ["html", "gettext"])
def test_nothing_is_marked_on_japanese_pages(tiny_project: TinyProject, builder: str) -> None:
    tiny_project.write("docs/index.md", PAGE)

    build = tiny_project.build("ja", builder)

    if builder == "html":
        assert build.page().select("div.body [lang]") == []
    else:
        with (build.output / "index.pot").open(encoding="utf-8") as stream:
            assert "訳のない文です。" in [message.id for message in read_po(stream)]
