"""Sources: the BibTeX file is read with the line of each entry, and its mistakes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import TinyProject


def test_a_source_has_its_fields_and_its_line(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/sources.bib",
        """
        % The sources.

        @online{jp-35,
          title = {{イクレイについて}},
          publisher = {イクレイ日本},
          url = {https://example.org/35},
          urldate = {2026-11-24},
          langid = {japanese},
        }

        @book{story,
          title = {The {ICLEI} Story},
          publisher = {ICLEI},
          url = {https://example.org/story},
          urldate = {2026-11-24},
          langid = {english},
        }
        """,
    )

    sources = load(tiny_project.root / "knowledge").sources

    assert [(key, source.line) for key, source in sources.items()] == [("jp-35", 3), ("story", 11)]
    assert (sources["jp-35"].title, sources["jp-35"].publisher) == ("イクレイについて", "イクレイ日本")
    assert sources["story"].title == "The ICLEI Story"


def test_a_project_without_sources_and_records_is_empty(tiny_project: TinyProject) -> None:
    (tiny_project.root / "knowledge/sources.bib").unlink()

    base = load(tiny_project.root / "knowledge")

    assert (dict(base.records), dict(base.sources)) == ({}, {})


def test_a_bibtex_mistake_is_refused_with_its_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.write(
        "knowledge/sources.bib",
        """
        @online{jp-35,
          title = {イクレイについて}
          publisher = {イクレイ日本},
        }
        """,
    )

    [problem] = problems()

    assert problem.startswith("knowledge/sources.bib:3: not valid BibTeX: ")
    assert problem.endswith("To mend it: check the braces and commas of this entry and of the one before it.")


def test_a_source_key_given_twice_is_refused_at_the_second_place(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("story", "jp-35", "story")

    assert problems() == [
        "knowledge/sources.bib:17: the source key 'story' is given twice. To mend it: give each entry a key of its own."
    ]


def test_a_field_given_twice_is_told_from_a_key_given_twice(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.write(
        "knowledge/sources.bib",
        """
        @online{story,
          title = {The ICLEI Story},
          publisher = {ICLEI},
          url = {https://example.org/story},
          urldate = {2026-11-24},
          langid = {english},
          title = {Another},
        }
        """,
    )

    [problem] = problems()

    assert problem.startswith("knowledge/sources.bib:1: ")
    assert "source 'story' has the field 'title' twice" in problem


def test_every_field_that_a_source_lacks_is_named(tiny_project: TinyProject, problems: Callable[[], list[str]]) -> None:
    tiny_project.source("story")
    tiny_project.write(
        "knowledge/sources.bib",
        (tiny_project.root / "knowledge/sources.bib").read_text(encoding="utf-8")
        + "\n@online{jp-35,\n  title = {イクレイについて},\n  url = {},\n}\n",
    )

    assert problems() == [
        f"knowledge/sources.bib:9: source 'jp-35' lacks the field '{field}'. "
        f"To mend it: add {field} = {{…}} to the entry."
        for field in ("langid", "publisher", "url", "urldate")
    ]


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("germn", "write 'german' if that is what you mean, else write its English name"),
        ("klingon", "write its English name in small letters"),
    ],
)
def test_a_language_of_a_source_that_nobody_knows_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]], typed: str, remedy: str
) -> None:
    tiny_project.source("story")
    tiny_project.replace("knowledge/sources.bib", "{english}", f"{{{typed}}}")

    [problem] = problems()

    what = f"source 'story', field 'langid': '{typed}' is no language that we know. To mend it: {remedy}"
    assert problem.startswith(f"knowledge/sources.bib:1: {what}")


@pytest.mark.parametrize("field", ["date", "urldate"])
def test_a_date_of_a_source_that_cannot_be_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]], field: str
) -> None:
    fields = {"date": "2008-05", "urldate": "2026-11-24"} | {field: "2026-13"}
    tiny_project.write(
        "knowledge/sources.bib",
        f"""
        @online{{story,
          title = {{The ICLEI Story}},
          publisher = {{ICLEI}},
          date = {{{fields["date"]}}},
          url = {{https://example.org/story}},
          urldate = {{{fields["urldate"]}}},
          langid = {{english}},
        }}
        """,
    )

    [problem] = problems()

    assert problem.startswith(f"knowledge/sources.bib:1: source 'story', field '{field}': ")
    assert "'2026-13' is not a possible date" in problem
    assert "To mend it: write a date such as 2026, 2026-11 or 2026-11-24" in problem


def test_a_bibtex_file_in_another_encoding_is_refused_with_the_line(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("story")
    file = tiny_project.root / "knowledge/sources.bib"
    file.write_bytes(file.read_text().replace("Page story", "イクレイの歩み").encode("shift_jis"))

    assert problems() == [
        "knowledge/sources.bib:2: the file is not UTF-8. To mend it: save it with the encoding UTF-8."
    ]


def test_all_mistakes_of_the_bibtex_file_are_told_at_once(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("story", "story", "story")
    file = tiny_project.root / "knowledge/sources.bib"
    file.write_text(file.read_text(encoding="utf-8") + "\n@online{jp-35,\n  title {A},\n}\n", encoding="utf-8")
    tiny_project.write("knowledge/eras.yaml", "- id: era-founding\n  name: 設立\n  date: 1990-13\n")

    assert [problem.split(": ")[0] for problem in problems()] == [
        "knowledge/eras.yaml:3",
        "knowledge/sources.bib:17",
        "knowledge/sources.bib:26",
    ]


def test_latex_in_texts_is_decoded(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.replace("knowledge/sources.bib", "{Page a}", r"{{100\% Renewables \& {ICLEI}}}")
    tiny_project.replace("knowledge/sources.bib", "{ICLEI},", "{イクレイ日本},\n  note = {local\\_govにある写し},")

    source = load(tiny_project.root / "knowledge").sources["a"]

    assert (source.title, source.publisher, source.note) == (
        "100% Renewables & ICLEI",
        "イクレイ日本",
        "local_govにある写し",
    )


@pytest.mark.parametrize("title", ["{100% Renewables}", "100% Renewables"])
def test_a_percent_sign_that_would_hide_the_rest_of_a_text_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]], title: str
) -> None:
    tiny_project.source("a", "b")
    tiny_project.replace("knowledge/sources.bib", "Page b", title)

    assert problems() == [
        "knowledge/sources.bib:9: source 'b', field 'title': '%' hides the rest of the text. To mend it: write \\%."
    ]


def test_a_percent_sign_in_an_address_is_none_of_latex(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.replace("knowledge/sources.bib", "https://example.org/a", "https://example.org/%E3%82%A4")

    assert load(tiny_project.root / "knowledge").sources["a"].fields["url"] == "https://example.org/%E3%82%A4"


def test_a_backslash_that_begins_nothing_is_refused(
    tiny_project: TinyProject, problems: Callable[[], list[str]]
) -> None:
    tiny_project.source("a")
    tiny_project.replace("knowledge/sources.bib", "{Page a}", "{Page \\}")

    [problem] = problems()

    assert problem.startswith("knowledge/sources.bib:1: source 'a', field 'title': not valid LaTeX: ")
