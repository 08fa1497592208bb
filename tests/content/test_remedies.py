"""Warnings of Sphinx, MyST and others that writers bring about: each ends with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import TinyProject


@pytest.mark.parametrize(
    ("text", "told", "remedy"),
    [
        ("会議とは{recrod}`council`です。", "text role", "correct the word in braces, as in {record}"),
        ("```{figur} a.png\n```", "Unknown directive", "correct the word in braces after ```"),
        ("```{figure} a.png\n:alt: 絵\n```", "not readable", "correct the path"),
        ("```{note}\n:alto: 絵\n注意です。\n```", "Unknown option", "correct the name of the option"),
        ("文です{cite}`arc`。", "bibtex key", "correct the key, or add the source to knowledge/sources.bib"),
        ("文です。[^a]", "footnote", "let a line begin with [^name]:"),
        ("文です。\n\n[^a]: 注です。", "not referenced", "use the same name"),
        ("[ほか](other.md)を見ます。", "cross-reference", "write the path of the page from this one"),
        ("```{toctree}\nother\n```", "nonexisting document", "write the name of the file without .md"),
        ("### 見出し", "header level", "put ## under #"),
    ],
)
# What myst_parser uses itself where a link leads nowhere.
@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver.app:PendingDeprecationWarning")
def test_a_warning_names_file_and_line_and_says_what_to_do(
    tiny_project: TinyProject, text: str, told: str, remedy: str
) -> None:
    tiny_project.write("docs/index.md", f"# はじめに\n\n{text}\n")

    warnings = [line for line in tiny_project.build().warnings if told in line]

    assert warnings
    for line in warnings:
        assert line.startswith("docs/index.md:")
        assert line.split("To mend it: ")[1].startswith(remedy)
        assert line.endswith("]")


def test_a_page_in_no_list_of_contents_is_told_with_what_to_do(tiny_project: TinyProject) -> None:
    tiny_project.write("docs/page.md", "# ページ\n")

    assert tiny_project.build().warnings == [
        "docs/page.md: WARNING: document isn't included in any toctree. To mend it: add the name of the file "
        "to the toctree in the index.md of its folder [toc.not_included]"
    ]
