"""The list of sources: what an entry says, in which order, and in which language each part is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Build, TinyProject


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    """Four sources, cited out of order."""
    tiny_project.write(
        "knowledge/sources.bib",
        r"""
        @online{story,
          title = {{The ICLEI Story: 10 \% of the way, in São Paulo \& Malm{\"o}}},
          publisher = {ICLEI},
          date = {2008-05},
          url = {https://example.org/story?a=1&b=2},
          urldate = {2026-11-24},
          langid = {english},
        }

        @online{jp-35,
          title = {{イクレイについて}},
          publisher = {イクレイ日本},
          url = {https://example.org/35},
          urldate = {2026-11-23},
          langid = {japanese},
          note = {写しで確認},
        }

        @book{agenda,
          author = {Nobody, N. and Somebody, S.},
          title = {{Agenda}},
          publisher = {ICLEI},
          date = {1992},
          url = {https://example.org/agenda},
          urldate = {2026-11-24},
          langid = {english},
        }

        @online{satzung,
          title = {{Die Satzung}},
          publisher = {Stadt Freiburg},
          url = {https://example.org/satzung},
          urldate = {2026-11-24},
          langid = {german},
        }
        """,
    )
    tiny_project.catalogue("knowledge", {"イクレイ日本": "ICLEI Japan", "写しで確認": "checked in a copy"})
    tiny_project.catalogue("handbook", {"。": ". ", "（{date}参照）": " (consulted on {date})"})
    tiny_project.write(
        "docs/index.md",
        "# はじめに\n\n一{cite}`story`、二{cite}`jp-35,agenda`、三{cite}`satzung`。\n\n```{bibliography}\n```\n",
    )
    return tiny_project


def entries(build: Build) -> list[str]:
    return [" ".join(entry.get_text().split()) for entry in build.page().select("div.citation")]


def test_entries_stand_by_publisher_and_title_and_are_written_in_the_language_of_the_page(project: TinyProject) -> None:
    ja, en = project.build("ja"), project.build("en")

    assert (ja.warnings, en.warnings) == ([], [])
    assert entries(ja) == [
        "[1] Agenda。ICLEI。1992年。https://example.org/agenda（2026年11月24日参照）",
        "[2] The ICLEI Story: 10 % of the way, in São Paulo & Malmö。ICLEI。2008年5月。"
        "https://example.org/story?a=1&b=2（2026年11月24日参照）",
        "[3] Die Satzung。Stadt Freiburg。https://example.org/satzung（2026年11月24日参照）",
        "[4] イクレイについて。イクレイ日本。https://example.org/35（2026年11月23日参照） 写しで確認",
    ]
    assert entries(en) == [
        "[1] Agenda. ICLEI. 1992. https://example.org/agenda (consulted on 24 November 2026)",
        "[2] The ICLEI Story: 10 % of the way, in São Paulo & Malmö. ICLEI. May 2008. "
        "https://example.org/story?a=1&b=2 (consulted on 24 November 2026)",
        "[3] Die Satzung. Stadt Freiburg. https://example.org/satzung (consulted on 24 November 2026)",
        "[4] イクレイについて. ICLEI Japan. https://example.org/35 (consulted on 23 November 2026) checked in a copy",
    ]


def test_titles_are_marked_with_their_own_language(project: TinyProject) -> None:
    marked = {
        language: [
            (span["lang"], span.get_text()) for span in project.build(language).page().select("div.citation span[lang]")
        ]
        for language in ("ja", "en")
    }

    assert marked == {
        "ja": [
            ("en", "Agenda"),
            ("en", "The ICLEI Story: 10 % of the way, in São Paulo & Malmö"),
            ("de", "Die Satzung"),
        ],
        "en": [("de", "Die Satzung"), ("ja", "イクレイについて")],
    }


def test_a_publisher_and_a_note_without_translation_are_marked_as_japanese(project: TinyProject) -> None:
    project.catalogue("knowledge", {})

    marked = [
        (span["lang"], span.get_text())
        for span in project.build("en").page().select("div.citation:last-of-type [lang]")
    ]

    assert marked == [("ja", "イクレイについて"), ("ja", "イクレイ日本"), ("ja", "写しで確認")]


def test_an_entry_links_to_its_page_and_has_an_anchor_of_its_key(project: TinyProject) -> None:
    page = project.build().page()

    assert [entry["id"] for entry in page.select("div.citation")] == [
        "source-agenda",
        "source-story",
        "source-satzung",
        "source-jp-35",
    ]
    assert page.select("div.citation p a.external")[1]["href"] == "https://example.org/story?a=1&b=2"


def test_a_changed_translation_of_a_publisher_is_seen_in_the_list(project: TinyProject) -> None:
    project.build("en")

    project.replace("locales/en/LC_MESSAGES/knowledge.po", "ICLEI Japan", "The ICLEI Japan office")

    assert "The ICLEI Japan office" in entries(project.build("en"))[3]
