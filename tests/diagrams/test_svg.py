"""SVG files of drawings, and the colours in them: no browser needed."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from handbook.diagrams import palette
from handbook.diagrams.renderer import Drawing
from handbook.diagrams.svg import fingerprint, finish, inline, read_fingerprint

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"

DRAWING = Drawing("who-elects", "ja", "flowchart TD\n a-->b\n", "だれが選ぶか", "会員が<理事会>を選びます。")
MARK = "0" * 64
ELEMENTS = {"svg", "title", "desc", "defs", "marker", "g", "a", "rect", "path", "text", "tspan"}

RAW = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -4 200 100" role="graphics-document document">
<defs><marker id="m1" viewBox="0 0 10 10" refX="5" refY="5" orient="auto"><path d="M 0 0 L 10 5 L 0 10 z" fill="#5f7176"/></marker></defs>
<g class="edges"><path d="M1,2L3,4" fill="none" stroke="#5f7176" stroke-width="1.2" marker-end="url(#m1)"/><path d="M5,6L7,8"
 fill="none" stroke="#5f7176" stroke-width="1.2" marker-end="url(#m1)"/></g>
<g class="nodes"><a class="diagram-link" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#council"><g class="node decides"><rect
 x="1" y="2" width="90" height="40" rx="4" fill="#d5e8e9" stroke="#0b5c68"/><text fill="#1c2b2f"><tspan x="9" y="9">ICLEI</tspan> <tspan
 x="9" y="30">Council &amp; more</tspan></text></g></a></g></svg>"""


def finished() -> str:
    return finish(RAW, DRAWING, fingerprint=MARK)


def text_of(svg: str) -> str:
    return "".join(ElementTree.fromstring(svg).itertext())


# -- the committed file ---------------------------------------------------------------------------------------------


def test_a_file_names_and_describes_itself_in_its_language():
    root = ElementTree.fromstring(finished())
    by_id = {element.get("id"): element for element in root.iter()}

    assert by_id[root.get("aria-labelledby")].text == "だれが選ぶか"
    assert by_id[root.get("aria-labelledby")].tag == f"{SVG}title"
    assert by_id[root.get("aria-describedby")].text == "会員が<理事会>を選びます。"
    assert root.get("role") == "graphics-document document"
    assert root.get("lang") == root.get(f"{XML}lang") == "ja"
    assert root.get(f"{XML}space") == "preserve"


def test_a_drawing_without_a_description_refers_to_none():
    root = ElementTree.fromstring(finish(RAW, Drawing("a", "en", "", "Title", ""), fingerprint=MARK))

    assert root.get("aria-describedby") is None
    assert root.find(f"{SVG}desc") is None


def test_ids_begin_with_the_name_of_the_drawing_and_references_follow():
    root = ElementTree.fromstring(finished())
    ids = {element.get("id", "") for element in root.iter()} - {""}

    assert all(identifier == "diagram-who-elects" or identifier.startswith("diagram-who-elects-") for identifier in ids)
    assert {element.get("marker-end") for element in root.iter()} == {None, "url(#diagram-who-elects-m1)"}


def test_a_file_has_its_size_in_the_viewbox_and_beside_it():
    root = ElementTree.fromstring(finished())

    assert root.get("viewBox") == "0 -4 200 100"
    assert (root.get("data-width"), root.get("data-height")) == ("200", "100")
    assert root.get("width") is root.get("height") is None


def test_links_to_records_stay_and_others_go():
    away = RAW.replace("#council", "https://example.org/")

    assert [a.get(f"{XLINK}href") for a in ElementTree.fromstring(finished()).iter(f"{SVG}a")] == ["#council"]
    assert "<a" not in finish(away, DRAWING, fingerprint=MARK)


def test_text_is_kept_to_the_letter():
    assert "ICLEI Council & more" in text_of(finished())


def test_what_all_lines_have_in_common_is_written_once():
    assert finished().count('stroke="#5f7176"') == 1


def test_a_finished_file_can_be_finished_again():
    again = finish(finished(), DRAWING, fingerprint=MARK)

    assert text_of(again) == text_of(finished())


# -- whether it is current --------------------------------------------------------------------------------------------


def test_the_fingerprint_can_be_read_back(tmp_path: Path):
    mark = fingerprint(DRAWING, "mermaid-1")
    file = tmp_path / "who-elects.ja.svg"
    file.write_text(finish(RAW, DRAWING, fingerprint=mark), encoding="utf-8")

    assert read_fingerprint(file) == mark


def test_no_file_and_a_file_from_elsewhere_have_no_fingerprint(tmp_path: Path):
    other = tmp_path / "other.svg"
    other.write_bytes(b"\xff\xfe<svg/>")

    assert read_fingerprint(other) is None
    assert read_fingerprint(tmp_path / "missing.svg") is None


def test_everything_that_is_drawn_or_said_changes_the_fingerprint():
    changed = [
        fingerprint(Drawing("who-elects", "ja", "other", "だれが選ぶか", "会員が<理事会>を選びます。"), "mermaid-1"),
        fingerprint(Drawing("who-elects", "en", DRAWING.source, DRAWING.title, DRAWING.description), "mermaid-1"),
        fingerprint(Drawing("who-elects", "ja", DRAWING.source, "other", DRAWING.description), "mermaid-1"),
        fingerprint(Drawing("who-elects", "ja", DRAWING.source, DRAWING.title, "other"), "mermaid-1"),
        fingerprint(DRAWING, "mermaid-2"),
        fingerprint(DRAWING, "mermaid-1"),
    ]

    assert len(set(changed)) == len(changed)


def test_fingerprints_need_neither_playwright_nor_a_font():
    code = (
        "import sys, handbook.diagrams.svg\n"
        "assert not {'playwright', 'noto_cjk_sans_jp_regular', 'budoux', 'sphinx'} & set(sys.modules)"
    )
    root = Path(__file__).parents[2]

    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


# -- in a page --------------------------------------------------------------------------------------------------------


def test_colours_in_a_page_follow_its_mode():
    page = inline(finished(), link=lambda record: None)

    assert 'fill="var(--diagram-decides-fill, #d5e8e9)"' in page
    assert 'stroke="var(--diagram-line, #5f7176)"' in page
    assert 'fill="none"' in page


def test_a_box_links_where_its_record_is():
    page = inline(finished(), link={"council": "../organization/council.html#council"}.get)

    assert '<a class="diagram-link" href="../organization/council.html#council">' in page


def test_in_a_book_a_drawing_has_a_ground_its_own_colours_and_links_that_every_reader_knows():
    page = inline(finished(), link={"council": "../organization/council.xhtml#council"}.get, book=True)
    root = ElementTree.fromstring(page)
    shapes = [element for element in root if element.tag.endswith("}rect")]
    assert shapes[0].get("fill") == palette.LIGHT["ground"]
    assert [shapes[0].get(name) for name in ("x", "y", "width", "height")] == (root.get("viewBox") or "").split()
    assert "var(" not in page
    assert "style=" not in page
    assert 'xlink:href="../organization/council.xhtml#council"' in page
    assert 'xml:lang="ja"' in page


def test_a_box_without_a_page_of_its_own_stays_without_a_link():
    page = inline(finished(), link=lambda record: None)

    assert "<a" not in page
    assert 'class="node decides"' in page
    assert "ICLEI Council & more" in text_of(page)


def test_a_link_that_is_no_address_is_dropped():
    assert "<a" not in inline(finished(), link=lambda record: "javascript:alert(1)")


def test_the_same_drawing_twice_in_a_page_shares_no_id():
    root = ElementTree.fromstring(inline(finished(), link=lambda record: None, id_suffix="-2"))
    other = ElementTree.fromstring(inline(finished(), link=lambda record: None))
    ids = {element.get("id") for element in root.iter() if element.get("id")}

    assert not ids & {element.get("id") for element in other.iter()}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= ids
    assert any(element.get("marker-end") == "url(#diagram-who-elects-m1-2)" for element in root.iter())


def test_a_page_gets_the_size_and_the_narrowest_readable_width():
    root = ElementTree.fromstring(inline(finished(), link=lambda record: None))

    assert (root.get("width"), root.get("height"), root.get("class")) == ("200", "100", "diagram")
    assert root.get("style") == "--diagram-width:200px;--diagram-min-width:157px"
    assert root.get("font-family") is None


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>body{display:none}</style>",
        "<style>@import url(https://example.org/x.css)</style>",
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>',
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        '<image href="https://example.org/pixel.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<iframe src="javascript:alert(1)"/>',
        '<rect width="1" height="1" onclick="alert(1)" style="fill:url(https://example.org/)"/>',
        '<rect width="1" height="1" fill="url(https://example.org/x.svg#a)"/>',
        '<rect width="1" height="1" fill="#ffffff;background:url(//example.org)" filter="url(#f)"/>',
        '<path d="M0,0L1,1" marker-end="url(https://example.org/x.svg#m)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<a href=" java&#10;script:alert(1)"><text>x</text></a>',
        '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:text/html,alert(1)"><text>x</text></a>',
        '<a href="#council" target="_top" ping="https://example.org/"><text>x</text></a>',
        "<text>x<script>alert(1)</script></text>",
        '<text><tspan onload="alert(1)">x<a href="javascript:alert(1)">y</a></tspan></text>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<g class="x&quot; onclick=&quot;alert(1)"/>',
        '<g id="x&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"/>',
        '<svg onload="alert(1)"><rect width="1" height="1"/></svg>',
        '<?xml-stylesheet href="https://example.org/x.css"?>',
    ],
)
def test_nothing_hostile_reaches_a_page_or_a_file(hostile: str):
    raw = RAW.replace("</svg>", f"{hostile}</svg>")
    named = {"id", "class", "role", "aria-labelledby", "aria-describedby", "lang", "href", "xmlns", "xmlns:xlink"}
    drawn = {"viewBox", "width", "height", "data-width", "data-height", "x", "y", "rx", "d", "refX", "refY", "orient"}
    painted = {"fill", "stroke", "stroke-width", "marker-end", "font-size", "font-family", "style"}

    page = inline(raw, link=lambda record: None)
    for text in (page, finish(raw, DRAWING, fingerprint=MARK)):
        assert not any(
            word in text for word in ("script:", "example.org", "alert(1)<", "onclick=", "onload=", "@import")
        )
        for element in ElementTree.fromstring(text).iter():
            assert element.tag.removeprefix(SVG) in ELEMENTS
            assert {key for key in element.keys() if not key.startswith("{")} <= named | drawn | painted  # noqa: SIM118 - not a dict
    assert 'style="--diagram-width' in page
    assert page.count("style=") == 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>&a;</text></svg>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>',
    ],
)
def test_what_is_no_drawing_is_refused(text: str):
    with pytest.raises(ValueError, match="SVG"):
        inline(text, link=lambda record: None)


def test_a_long_list_of_numbers_is_checked_in_no_time():
    raw = RAW.replace("<defs>", f'<polygon points="{"1234567890 " * 20000}x"/><defs>')

    assert "polygon" in inline(raw, link=lambda record: None)


# -- colours ----------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_each_colour_tells_its_role():
    assert len(set(palette.LIGHT.values())) == len(palette.LIGHT)
    assert palette.variable(palette.LIGHT["line"].upper()) == f"var(--diagram-line, {palette.LIGHT['line']})"
    assert palette.variable("#123456") is None


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_text_and_outlines_stand_out(mode: int):
    colours = {role: colour[mode] for role, colour in palette.COLOURS.items()}
    text_on = [("text", f"{kind}-fill") for kind in palette.KINDS]
    text_on += [("era-text", era) for era in palette.ERAS] + [(era, "ground") for era in palette.ERAS]
    text_on += [("text", "ground"), ("edge-text", "ground"), ("group-text", "group-fill")]

    assert [pair for pair in text_on if contrast(*(colours[role] for role in pair)) < 4.5] == []
    outlines = ["line", *(f"{kind}-stroke" for kind in palette.KINDS)]
    assert [role for role in outlines if contrast(colours[role], colours["ground"]) < 3] == []


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_the_text_of_pages_and_the_outlines_of_fields_stand_out(mode: int):
    colours = {role: colour[mode] for role, colour in palette.PAGE.items()}
    text_on = [(text, ground) for text in ("ink", "quiet", "accent") for ground in ("ground", "panel", "accent-soft")]
    text_on += [("ink", "warm-soft"), ("ground", "accent")]

    assert [pair for pair in text_on if contrast(*(colours[role] for role in pair)) < 4.5] == []
    assert [role for role in ("field", "warm") if contrast(colours[role], colours["ground"]) < 3] == []


def test_the_style_sheet_names_every_colour_in_both_modes():
    css = palette.css_variables()

    for role, colour in palette.COLOURS.items():
        assert f"--diagram-{role}: {colour.light};" in css
        assert f"--diagram-{role}: {colour.dark};" in css
    for role, colour in palette.PAGE.items():
        assert css.count(f"--handbook-{role}: {colour.light};") == 1
        assert css.count(f"--handbook-{role}: {colour.dark};") == 2
    assert css.count("{") == css.count("}")
