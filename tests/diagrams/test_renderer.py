"""Drawing with Mermaid in Chromium; one run draws everything these tests look at."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, sync_playwright

from handbook.diagrams import renderer
from handbook.diagrams.labels import break_label
from handbook.diagrams.palette import LIGHT
from handbook.diagrams.renderer import (
    MERMAID_VERSION,
    Drawing,
    DrawingError,
    MermaidSyntaxError,
    RendererUnavailableError,
    Rendering,
    render,
)
from handbook.diagrams.svg import READABLE, finish, inline
from tools.environment import find_chromium

ROOT = Path(__file__).parents[2]
MERMAID_JS = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
SVG = "{http://www.w3.org/2000/svg}"

SHAPES_AND_TEXT = {"rect", "circle", "ellipse", "polygon", "path", "line", "text", "tspan"}
SHAPES_AND_TEXT |= {"svg", "defs", "marker", "g", "a"}

HIERARCHY = """\
flowchart TD
  members["イクレイ会員"]
  regional["地域理事会"]
  council["イクレイ議会"]
  gexcom["世界理事会"]
  president["会長"]
  secretary["世界事務局長"]
  world["世界事務局"]
  offices["地域事務局と<br>国別事務所"]
  japan["イクレイ日本"]
  members -->|"選挙で選ぶ"| regional
  regional -->|"委員を出す"| council
  council -->|"選挙で選ぶ"| gexcom
  gexcom -->|"選挙で選ぶ"| president
  gexcom -->|"任命する"| secretary
  secretary -->|"率いる"| world
  secretary -->|"監督する"| offices
  offices --- japan
  class members members
  class regional,council,gexcom,president decides;
  class secretary,world,offices,japan runs
  click members href "#iclei-members"
  click council href "#council" "議会"
"""

SHAPES = """\
flowchart LR
  start(["Estimate all emissions"]) --> ask{"Is there a<br>target?"}
  ask -->|"not yet"| start
  ask ==>|"yes"| plan["`Write a **plan**`"]
  plan -.-> store[("Keep the<br>records")]
  subgraph team["The department in charge"]
    plan
    store
  end
  class ask decides
"""

TIMELINE = """\
timeline
  section 設立
  1990年 : 国連本部の<br>世界会議で設立
  1991年 : トロントに<br>世界事務局 : フライブルクに欧州事務局
  section 広がり
  1992年 : 地球サミット#58; リオ
  1993年 : キャンペーンを開始 : 日本事務所
"""

ENGLISH_TIMELINE = """\
timeline
  1990 : Founded at the World Congress at the United Nations in New York
  1991 : World Secretariat opens in Toronto
"""

DRAWINGS = [
    Drawing("hierarchy", "ja", HIERARCHY, "組織図", "会員が地域理事会を選びます。"),
    Drawing("broken", "en", "flowchart TD\n  a --> ]]\n", "Broken", ""),
    Drawing("shapes", "en", SHAPES, "Steps", ""),
    Drawing("timeline", "ja", TIMELINE, "年表", ""),
    Drawing("english-timeline", "en", ENGLISH_TIMELINE, "Timeline", ""),
    Drawing("unknown-kind", "en", "flow TD\n  a --> b\n", "", ""),
    Drawing("link-away", "en", 'flowchart TD\n  a --> b\n  click a href "https://example.org/"\n', "", ""),
    Drawing("own-colour", "en", "flowchart TD\n  a --> b\n  style a fill:#f00\n", "", ""),
    Drawing("own-class", "en", "flowchart TD\n  a --> b\n  class a decide\n", "", ""),
    Drawing("hostile", "en", 'flowchart TD\n  a["<img src=x onerror=alert(1)>safe"]\n', "", ""),
    Drawing(
        "own-theme", "en", '%%{init: {"theme": "forest", "htmlLabels": true}}%%\nflowchart TD\n  a --> b\n', "", ""
    ),
    Drawing("empty", "en", "", "", ""),
]


@pytest.fixture(scope="module")
def drawn() -> dict[str, Rendering]:
    results = render(DRAWINGS, mermaid_js=MERMAID_JS, chromium=find_chromium())
    return {rendering.drawing.name: rendering for rendering in results}


def shapes(rendering: Rendering, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(rendering.svg).iter(f"{SVG}{tag}"))


def texts(rendering: Rendering) -> list[str]:
    return ["".join(text.itertext()) for text in shapes(rendering, "text")]


# -- what is drawn ----------------------------------------------------------------------------------------------------


def test_drawings_are_made_with_the_installed_mermaid():
    package = json.loads((MERMAID_JS.parents[1] / "package.json").read_text(encoding="utf-8"))

    assert package["version"] == MERMAID_VERSION


def test_the_same_source_gives_the_same_bytes_alone_or_among_others(drawn: dict[str, Rendering]):
    alone = [d for d in DRAWINGS if d.name in ("timeline", "shapes", "hierarchy")][::-1]

    again = list(render(alone, mermaid_js=MERMAID_JS, chromium=find_chromium()))

    assert [rendering.svg for rendering in again] == [drawn[d.name].svg for d in alone]


def test_every_label_is_text(drawn: dict[str, Rendering]):
    labels = {label.replace("<br>", "") for label in re.findall(r'[\[|]"([^"]+)"', HIERARCHY)}

    assert set(texts(drawn["hierarchy"])) == labels


def test_words_on_two_lines_stay_two_words(drawn: dict[str, Rendering]):
    assert "Founded at the World Congress at the United Nations in New York" in texts(drawn["english-timeline"])
    assert "Is there a target?" in texts(drawn["shapes"])


def test_kinds_of_boxes_have_their_colours(drawn: dict[str, Rendering]):
    fills = {
        "".join(group.itertext()): group[0].get("fill")
        for group in shapes(drawn["hierarchy"], "g")
        if (group.get("class") or "").startswith("node ")
    }

    assert fills["世界理事会"] == LIGHT["decides-fill"]
    assert fills["世界事務局"] == LIGHT["runs-fill"]
    assert fills["イクレイ会員"] == LIGHT["members-fill"]


def test_only_colours_of_the_palette_are_used(drawn: dict[str, Rendering]):
    used = {
        element.get(key)
        for rendering in drawn.values()
        if rendering.svg
        for element in ElementTree.fromstring(rendering.svg).iter()
        for key in ("fill", "stroke")
    }

    assert used - {None, "none"} <= set(LIGHT.values())


def test_boxes_link_to_records(drawn: dict[str, Rendering]):
    links = shapes(drawn["hierarchy"], "a")

    assert {link.get("{http://www.w3.org/1999/xlink}href"): "".join(link.itertext()) for link in links} == {
        "#iclei-members": "イクレイ会員",
        "#council": "イクレイ議会",
    }


@pytest.mark.parametrize("name", ["hierarchy", "shapes", "timeline", "hostile", "own-theme"])
def test_a_drawing_is_shapes_and_text_only(drawn: dict[str, Rendering], name: str):
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(drawn[name].svg).iter()}

    assert tags <= SHAPES_AND_TEXT


def test_the_hierarchy_can_be_read_on_a_phone_without_scrolling(drawn: dict[str, Rendering]):
    width = float(shapes(drawn["hierarchy"], "svg")[0].get("viewBox", "").split()[2])

    assert width * READABLE / renderer.SMALLEST_FONT_SIZE <= 320


def test_a_timeline_runs_downwards_and_shows_the_last_event_of_each_section(drawn: dict[str, Rendering]):
    words = ["設立", "1990年", "国連本部の世界会議で設立", "1991年", "トロントに世界事務局", "フライブルクに欧州事務局"]
    words += ["広がり", "1992年", "地球サミット: リオ", "1993年", "キャンペーンを開始", "日本事務所"]
    places = [
        [float(next(part.get(axis, "") for part in text.iter() if part.get(axis))) for axis in "xy"]
        for text in shapes(drawn["timeline"], "text")
    ]

    assert texts(drawn["timeline"]) == words
    periods = [place for word, place in zip(words, places, strict=True) if word.endswith("年")]
    assert len({x for x, _ in periods}) == 1
    assert [y for _, y in places] == sorted(y for _, y in places)


# -- what cannot be drawn ---------------------------------------------------------------------------------------------


def test_an_error_in_one_drawing_does_not_stop_the_others(drawn: dict[str, Rendering]):
    assert list(drawn) == [drawing.name for drawing in DRAWINGS]
    assert drawn["broken"].error is not None
    assert drawn["shapes"].error is None


def test_a_syntax_error_tells_its_line_in_mermaids_words(drawn: dict[str, Rendering]):
    error = drawn["broken"].error

    assert isinstance(error, MermaidSyntaxError)
    assert error.line == 2
    assert error.message.startswith("Lexical error on line 2")
    assert str(error).startswith("broken, line 2: ")


def test_front_matter_directives_and_comments_count_as_lines():
    source = "---\nconfig:\n  flowchart:\n    curve: basis\n---\n\n%% a comment\nflowchart TD\n  a --> b\n\n%% another\n  c --> ((x\n  d --> e\n"

    (result,) = render([Drawing("x", "en", source, "", "")], mermaid_js=MERMAID_JS, chromium=find_chromium())

    assert isinstance(result.error, MermaidSyntaxError)
    assert result.error.line == 12
    assert "on line 12" in result.error.message


@pytest.mark.parametrize("name", ["unknown-kind", "empty"])
def test_a_source_of_no_kind_has_an_error_without_a_line(drawn: dict[str, Rendering], name: str):
    error = drawn[name].error

    assert isinstance(error, MermaidSyntaxError)
    assert error.line is None
    assert "No diagram type detected" in error.message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("link-away", "a link must name a record (“#record-id”), not “https://example.org/”"),
        ("own-colour", "colours that are not in the palette (#ff0000)"),
        ("own-class", "no colours for “class … decide”; the classes are decides, runs, members, supports, plain"),
    ],
)
def test_what_does_not_belong_into_the_book_is_named(drawn: dict[str, Rendering], name: str, words: str):
    error = drawn[name].error

    assert isinstance(error, DrawingError)
    assert not isinstance(error, MermaidSyntaxError)
    assert words in error.message


@pytest.mark.parametrize("name", ["Upper", "two words", "a--b", "-a", "ä", ""])
def test_a_name_must_fit_into_ids_and_file_names(name: str):
    with pytest.raises(ValueError, match="cannot name a drawing"):
        Drawing(name, "ja", "", "", "")


def test_a_missing_browser_is_reported_with_a_remedy():
    with pytest.raises(RendererUnavailableError, match="no Chromium at /no/where: install it"):
        render([], mermaid_js=MERMAID_JS, chromium="/no/where")


def test_a_missing_or_other_mermaid_is_reported_with_a_remedy(tmp_path: Path):
    script = tmp_path / "dist" / "mermaid.min.js"
    with pytest.raises(RendererUnavailableError, match=f"no Mermaid at .*: npm install mermaid@{MERMAID_VERSION}"):
        render([], mermaid_js=script, chromium="/no/where")

    script.parent.mkdir()
    script.touch()
    (tmp_path / "package.json").write_text('{"version": "11.0.0"}', encoding="utf-8")
    with pytest.raises(RendererUnavailableError, match=r"is Mermaid 11\.0\.0, the drawings are made with"):
        render([], mermaid_js=script, chromium="/no/where")


# -- in a page --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(drawn: dict[str, Rendering]) -> Iterator[Page]:
    """A page with the drawings in a typeface whose Latin letters are 12 % wider than those that were measured."""
    font = files("noto_cjk_sans_jp_regular").joinpath("NotoSansCJKjp-Regular.otf").read_bytes()
    face = '@font-face { font-family: wide; src: url("font.otf"); size-adjust: 112%; unicode-range: U+0-2FFF }'
    face += '@font-face { font-family: wide; src: url("font.otf"); unicode-range: U+3000-FFFF }'
    figures = [
        inline(finish(rendering.svg, rendering.drawing, fingerprint=""), link=lambda record: f"#{record}")
        for rendering in drawn.values()
        if rendering.svg
    ]
    html = f"<!doctype html><title>t</title><style>{face} body {{ font-family: wide }}</style>{''.join(figures)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page()
        opened.route("**/font.otf", lambda route: route.fulfill(body=font))
        opened.route("**/page", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        opened.goto("http://diagrams.invalid/page")
        opened.evaluate("document.fonts.ready")
        yield opened
        browser.close()


def test_text_stays_in_its_box_in_a_wider_typeface(page: Page):
    overflowing = page.evaluate(
        """() => [...document.querySelectorAll(".node text, .edge-label text, text")].filter(text => {
            const box = text.closest(".node, .edge-label")?.firstElementChild ?? text.closest("svg");
            const inner = text.getBoundingClientRect(), outer = box.getBoundingClientRect();
            return inner.left < outer.left + 1 || inner.right > outer.right - 1;
        }).map(text => text.textContent)"""
    )

    assert overflowing == []


def test_links_are_reached_by_keyboard(page: Page):
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.textContent.trim()")

    assert [first, second] == ["イクレイ会員", "イクレイ議会"]


# -- labels -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "width", "broken"),
    [
        ("地域事務局と国別事務所", "ja", 8, "地域事務局と<br>国別事務所"),
        ("地域事務局と国別事務所", "ja", 11, "地域事務局と国別事務所"),
        ("世界会議で設立", "ja", 5, "世界会議で<br>設立"),
        ("気候変動防止都市キャンペーンを開始", "ja", 9, "気候変動防止都市<br>キャンペーンを開始"),
        ("UNEP、国連ハビタット、IUCN", "ja", 8, "UNEP、<br>国連ハビタット、<br>IUCN"),
        ("Global Executive Committee", "en", 18, "Global Executive<br>Committee"),
        ("Regional Secretariats and country offices", "en", 22, "Regional Secretariats<br>and country offices"),
        ("Intergovernmental", "en", 5, "Intergovernmental"),
        ("already<br>broken here", "en", 20, "already<br>broken here"),
        ("", "ja", 5, ""),
    ],
)
def test_labels_break_between_phrases_and_words(text: str, language: str, width: int, broken: str):
    assert break_label(text, language, width) == broken
