"""A language of bracketed messages: whatever readers see outside of the brackets comes past the catalogues."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from handbook.commands.project import Project
from handbook.knowledge import load
from handbook.translation.script import JAPANESE, is_japanese
from tests.conftest import ROOT, TinyProject
from tests.pdf.reading import Book, Run
from tools.pseudo import PSEUDO, disguise, names_in, untranslated

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

NAMES = {"ICLEI", "Council"}

RECORDS = {
    "bodies": """
        - {id: members-body, name: 会員団体, summary: 会員です。, sources: [a], function: members, several: true,
           relations: [{verb: elects, to: council}]}
        - {id: council, name: 議会, name_en: ICLEI Council, reading: ぎかい, abbreviation: IC, name_is_ours: true,
           summary: 会員を代表します。, sources: [a], as_of: 2020-05, note: 補う言葉です。, function: decides,
           chosen: 会員が選びます。, duties: [方針を決める]}
    """,
    "offices": """
        - {id: office-one, name: 事務局, reading: じむきょく, summary: 働く所です。, sources: [a], kind: world-secretariat,
           city: 都市名, country: 国名, region: 地域名, since: 2009~}
    """,
    "tenures": "- {id: tenure-one, name: 山田, post: president, place: 市長, since: 2006, until: 2015-10, sources: [a]}",
    "eras": "- {id: era-one, name: 設立の時代, date: 1989/1992, summary: 始まりです。, sources: [a]}",
    "milestones": """
        - {id: congress, name: 世界会議, date: 1990-09-05/1990-09-08, era: era-one, label: 会議, place: 会場,
           in_timeline: true, summary: 生まれました。, sources: [a]}
    """,
    "programmes": """
        - {id: programme-one, name: 取組, kind: campaign, since: 1991, status: active, iclei_role: lead,
           pathways: [low-emission], partners: [partner-one], summary: 始めました。, sources: [a]}
    """,
    "partners": """
        - {id: partner-one, name: 協力団体, kind: network, since: 1990, relation: 関わりです。, summary: 団体です。,
           sources: [a]}
    """,
    "figures": """
        - id: members
          name: 会員の数
          pattern: "{value}の自治体"
          unit: 団体
          summary: 数です。
          observations:
            - {value: 2500, qualifier: more-than, as_of: 2025-09, sources: [a], note: 注です。}
            - {value: 1750, qualifier: about, as_of: 2020, sources: [b]}
            - {value: 1200, as_of: 2012-03, sources: [b]}
    """,
    "terms": """
        - {id: term-one, name: 持続可能性, name_en: sustainability, reading: じぞくかのうせい, group: core,
           summary: 長く保てることです。, sources: [a]}
    """,
    "conflicts": """
        - {id: conflict-one, name: 名前の食い違い, topic: name, about: [council], printed: こう書きます。,
           claims: [{text: こう言います。, sources: [a]}, {text: ああ言います。, sources: [b]}]}
    """,
    "changes": "- {id: change-one, name: 直しました, date: 2026-11-20, kind: corrected, summary: 改めました。, about: [council]}",
}

HOME = """
    ---
    myst:
      html_meta:
        description: 手引きの説明です。
    ---
    # 手引き

    ```{key-figures} members, congress
    ```

    ```{downloads}
    ```

    ```{feed-link}
    ```

    {date}`congress`に生まれ、{year}`congress`から{record}`議会の人 <council>`が{figure}`members`、{value}`members`を決める
    [手引き](part/all.md)です{cite}`a`。持続可能性は**大切**です。

    :::{note}
    補う文です。
    :::

    ```{toctree}
    :hidden:

    part/all
    reference/about-this-handbook
    reference/glossary
    ```
"""

ALL = """
    # すべて

    ```{hierarchy}
    :caption: 組織の図
    ```

    ```{timeline} era-one
    :caption: 年表
    ```

    ```{mermaid}
    :name: by-hand
    :alt: 手で描いた図
    :caption: 手描き

    flowchart TD
      a["一番"] --> b["二番"]
    ```

    ```{chart} members
    :caption: 数の動き
    ```

    ```{observations} members
    ```

    ```{record} council
    ```

    ```{record-list} programme
    ```

    ```{record-table} office
    :columns: name, kind, since, location, region, summary, sources
    :caption: 事務局の一覧
    :anchors:
    ```

    ```{record-table} tenure
    :columns: name, post, place, since, until
    :caption: 人の一覧
    :anchors:
    ```

    ```{record-table} milestone
    :columns: date, name, place, summary
    :caption: 出来事の一覧
    :anchors:
    ```

    ```{count-chart} office
    :by: region
    :caption: 地域ごとの数
    :alt: 地域の数
    ```

    ```{conflict-list}
    ```

    ```{record-list} partner
    ```

    ```{record} era-one
    ```

    ```{record} programme-one
    ```

    ```{record} partner-one
    ```

    ```{record} members-body
    ```

    | 見出し | 列 |
    |---|---|
    | 値 | 欄 |

    言葉
    : 説明文です。

    1. 一つ目
    2. 二つ目[^note]

    [^note]: 脚注です。
"""

REFERENCE = """
    # 用語と出典

    ```{term-list}
    ```

    ```{record-index}
    :kinds: body, office, programme, partner, term
    ```

    ```{changes}
    ```

    ```{data-files}
    ```

    ```{bibliography}
    ```
"""


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """A handbook with every directive and role; the tests below build it once, translated by the machine."""
    tiny = TinyProject(tmp_path_factory.mktemp("pseudo") / "project")
    shutil.copy(ROOT / "conf.py", tiny.root)
    conf = (tiny.root / "conf.py").read_text(encoding="utf-8") + (
        'mermaid_output_format = "raw"\nhandbook_base_url = "https://example.org"\n'
        'suppress_warnings = ["handbook.uncited-source"]\n'
    )
    (tiny.root / "conf.py").write_text(conf, encoding="utf-8")
    shutil.rmtree(tiny.root / "templates")
    shutil.copytree(ROOT / "locales/ja", tiny.root / "locales/ja")
    tiny.source("a", "b")
    for collection, records in RECORDS.items():
        tiny.write(f"knowledge/{collection}.yaml", records)
    tiny.write("docs/index.md", HOME)
    tiny.write("docs/part/all.md", ALL)
    tiny.write(
        "docs/reference/about-this-handbook.md", "# 本書について\n\n(reference-about-this-handbook-errors)=\n## 誤り\n"
    )
    tiny.write("docs/reference/glossary.md", REFERENCE)
    return tiny


@pytest.fixture(scope="module")
def run(handbook: TinyProject) -> subprocess.CompletedProcess[str]:
    return handbook.run_module("tools.pseudo")


@pytest.fixture(scope="module")
def project(handbook: TinyProject, run: subprocess.CompletedProcess[str]) -> Project:
    return Project(handbook.root / "build/pseudo")


@pytest.fixture(scope="module")
def site(project: Project) -> Path:
    return project.site / PSEUDO


def test_a_translation_by_the_machine_is_longer_and_keeps_markup() -> None:
    message = "{record}`議会 <council>`は**方針**を[決める](../a.md#b)。{value}です"

    disguised = disguise(message)

    assert not is_japanese(disguised)
    assert len(disguised) > len(message)
    assert re.fullmatch(
        r"«\{record\}`[^`]+ <council>`[^`*]+\*\*[^*]+\*\*[^*]+\[[^]]+\]\(\.\./a\.md#b\)\.\{value\}[^{}]+»", disguised
    )


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>«bado» ICLEI 1990</p>", []),
        ("<p>«ba <b>«do»</b> Missed»</p>", []),
        ('<p>«ba» <i lang="ja">議会</i><i lang="en">Missed</i></p>', []),
        ("<p>«ba» https://example.org/議会</p>", []),
        ("<p>«ba» 議会</p>", ["議会"]),
        ("<p>Missed «ba» 12</p>", ["Missed"]),
        ('<p title="Missed">«ba»</p>', ["Missed"]),
    ],
)
def test_what_stands_outside_of_brackets_is_found_unless_it_is_a_name(html: str, found: list[str]) -> None:
    assert untranslated(html, NAMES) == found


def test_no_page_says_anything_that_a_translator_cannot_reach(run: subprocess.CompletedProcess[str]) -> None:
    lines = run.stdout.splitlines()
    assert (lines[-1], run.returncode) == (
        f"0 texts that no catalogue reaches. The pages: build/pseudo/build/site/{PSEUDO}",
        0,
    ), run.stdout + run.stderr


def test_the_directives_have_written_what_is_checked(site: Path) -> None:
    page = BeautifulSoup((site / "part/all.html").read_text(encoding="utf-8"), "lxml")
    body = page.select_one("article")
    assert body is not None
    assert len(body.select("table")) >= 5
    assert len(body.select("svg")) >= 2
    assert "septembro" in body.get_text().casefold(), "dates are Babel's"
    assert body.get_text().count("«") > 100


def test_official_names_stand_beside_names_in_a_third_language(site: Path) -> None:
    page = BeautifulSoup((site / "part/all.html").read_text(encoding="utf-8"), "lxml")
    [other] = page.select("#council .record-other-name")
    assert (other.get_text(), [tag["lang"] for tag in other.select("[lang]")]) == ("ICLEI Council", ["en"])


def test_the_search_page_says_all_of_it_in_the_language(site: Path) -> None:
    page = BeautifulSoup((site / "search.html").read_text(encoding="utf-8"), "lxml")
    words = page.select_one("#search-words")
    assert words is not None
    assert [word for word in json.loads(words.get_text()).values() if not word.startswith("«")] == []


def test_the_entrance_and_the_page_for_lost_addresses_speak_it_too(project: Project) -> None:
    for name in ("index.html", "404.html"):
        page = BeautifulSoup((project.site / name).read_text(encoding="utf-8"), "lxml")
        own = page.select(f"main [lang={PSEUDO}]")
        assert len(own) == 2, name
        assert untranslated(f"<p>{''.join(map(str, own))}</p>", {"Esperanto"}) == []


def test_lists_for_programs_and_words_of_the_data_speak_it_too(project: Project, site: Path) -> None:
    names = names_in(load(project.knowledge, project=project.root))
    feed = BeautifulSoup((site / "feed.xml").read_text(encoding="utf-8"), "xml")
    said = " ".join(tag.get_text() for tag in feed.select("title, summary"))
    assert said.count("«") >= 3
    assert untranslated(f"<p>{said}</p>", names) == []
    schema = json.loads((site / "data/handbook.schema.json").read_text(encoding="utf-8"))
    assert [text for text in _said(schema) if not text.startswith("«")] == []


def test_the_book_says_nothing_that_a_translator_cannot_reach(project: Project) -> None:
    book = Book(project.site / f"downloads/iclei-handbook-{PSEUDO}.pdf", PSEUDO)
    own = [
        part.text
        for element in book.structure.walk()
        for part in element.parts
        if isinstance(part, Run) and (part.language or element.language) in ("", PSEUDO)
    ]
    text = "".join(own)
    assert text.count("«") > 100
    assert JAPANESE.findall(text) == []
    assert book.shapeless == []


def _said(schema: object) -> list[str]:
    """Return the titles and descriptions of a JSON Schema."""
    if isinstance(schema, list):
        return [text for part in schema for text in _said(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema[key] for key in ("title", "description") if isinstance(schema.get(key), str)]
    return [*own, *(text for part in schema.values() for text in _said(part))]
