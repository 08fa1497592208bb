"""The guide names only what exists, and the handbook keeps to its own style guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
import yaml
from babel.messages.pofile import read_po

from handbook.knowledge import COLLECTIONS, load
from handbook.knowledge.records import Confidence, Observation
from handbook.knowledge.sources import REQUIRED
from tests.conftest import ROOT
from tests.contributing.guide import GUIDE, PAGES, prose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Verbs that the guide names; every one must be in the Makefile.
_VERB = re.compile(r"^make ([a-z][a-z-]*)|`make ([a-z][a-z-]*)", re.MULTILINE)
_PLACE = re.compile(r"`((?:\.github|docs|handbook|knowledge|locales|tests|tools)/[^`{}… ]*|[A-Za-z-]+\.(?:md|py|cff))`")
_ROLE = re.compile(r"\{([a-z-]+)\}`")
_DIRECTIVE = re.compile(r"`{3,}\{([a-z-]+)\}|`{3,}(mermaid)\b")
#: What `make` writes, or what somebody would write first.
NOT_THERE_YET = {"docs/history/new-page.md", "locales/ko/"}
#: `index.md` of a part, `handbook.po` of a language: files of which there is one in each folder.
IN_EACH_FOLDER = {"index.md"}
ROOT_PAGES = ("CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "GOVERNANCE.md", "SECURITY.md")


def everything() -> Iterator[tuple[str, str]]:
    for page in (*PAGES, *(ROOT / name for name in (*ROOT_PAGES, "CHANGELOG.md"))):
        yield page.name, page.read_text(encoding="utf-8")


def test_every_verb_that_the_guide_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {(name, verb[0] or verb[1]) for name, text in everything() for verb in _VERB.findall(text)}
    assert named, "the guide names no verb"
    assert sorted((name, verb) for name, verb in named if verb not in verbs) == []


def test_every_place_that_the_guide_names_exists() -> None:
    named = {(name, place) for name, text in everything() for place in _PLACE.findall(text)}
    assert len(named) > 20
    missing = [
        (name, place)
        for name, place in named
        if place not in NOT_THERE_YET | IN_EACH_FOLDER and not (ROOT / place).exists()
    ]
    assert sorted(missing) == []


def test_every_role_and_directive_that_the_guide_names_exists() -> None:
    code = (ROOT / "handbook/content/__init__.py").read_text(encoding="utf-8")
    roles = {*re.findall(r'add_role\("([\w-]+)"', code), "cite"}
    theirs = {"bibliography", "code-block", "figure", "list-table", "note", "toctree"}
    directives = {*re.findall(r'add_directive\("([\w-]+)"', code), *theirs}
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(_ROLE.findall(text)) - roles == set()
    assert {first or second for first, second in _DIRECTIVE.findall(text)} - directives == set()
    # Named as words, without the fence.
    named = re.findall(r"（`([a-z-]+)`(?:、`([a-z-]+)`)?）", (GUIDE / "draw-a-diagram.md").read_text(encoding="utf-8"))
    assert {name for pair in named for name in pair if name} <= directives


def test_every_field_and_value_that_the_guide_names_is_one_of_records_or_sources() -> None:
    fields = {name for record_type in COLLECTIONS.values() for name in record_type.model_fields}
    fields |= {*Observation.model_fields, *REQUIRED, "date", "year", "keywords", "note"}
    listed = set(get_args(Observation.model_fields["qualifier"].annotation)) | set(get_args(Confidence))
    sources = (ROOT / "knowledge/sources.bib").read_text(encoding="utf-8")
    listed |= set(re.findall(r"(?:keywords|langid) = \{([a-z]+)\}", sources))
    for page, names in {
        "fix-a-fact": "qualifier exact about more-than at-least sources id name_en confidence",
        "add-a-source": "title publisher date year url urldate langid japanese english german keywords official un "
        "government partner press secondary other note",
        "draw-a-diagram": "relations label in_timeline",
        "release": "as_of note",
        "style": "avoid",
    }.items():
        text = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
        for name in names.split():
            assert f"`{name}`" in text, f"{page} does not name {name}"
            assert name in fields | listed, f"{page} names {name}, which does not exist"


def test_the_guide_and_the_readme_lead_to_every_page_of_the_guide() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([\w./-]+)\)", contributing)
    assert {place for place in linked if not (ROOT / place).exists()} == set()
    expected = {f"docs/contributing/{page.name}" for page in PAGES} - {"docs/contributing/index.md"}
    assert expected <= set(linked)
    index = (GUIDE / "index.md").read_text(encoding="utf-8")
    assert {page.name for page in PAGES} - {"index.md"} == set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert "CONTRIBUTING.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ROOT_PAGES)
def test_both_languages_of_a_page_have_the_same_sections_items_and_links(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    _, japanese, english = re.split(r"^## (?:日本語|English)\n", text, flags=re.MULTILINE)
    for marks in (r"^#+ ", r"^(?:- |\d\. )", r"^\| ", r"\]\([^)]+\)", r"^```"):
        counted = [len(re.findall(marks, part, re.MULTILINE)) for part in (japanese, english)]
        assert counted[0] == counted[1], f"{marks}: {counted}"


def test_the_date_of_the_facts_is_the_same_wherever_the_guide_says_that_it_stands() -> None:
    release = re.search(r'^release = "([\d-]+)"$', (ROOT / "conf.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert release is not None
    year, month, day = map(int, release[1].split("-"))
    row = next(line for line in prose().splitlines() if "`docs/index.md`" in line and f"{year}年" in line)
    places = re.findall(r"`(docs/[\w/.-]+)`", row)
    assert len(places) == 3
    for place in places:
        assert f"{year}年{month}月{day}日" in (ROOT / place).read_text(encoding="utf-8"), place
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == citation["date-released"] == release[1]


# -- Style -------------------------------------------------------------------------------------------------------------

STYLE = (GUIDE / "style.md").read_text(encoding="utf-8")


def wrong_and_right(heading: str) -> list[tuple[list[str], list[str]]]:
    """Return the forms in the first two columns of the table under a heading of the style guide."""
    part = re.split(r"^## ", STYLE, flags=re.MULTILINE)
    (text,) = (section for section in part if section.startswith(heading))
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return [(_quoted(row[0]), _quoted(row[1])) for row in rows]


def _quoted(cell: str) -> list[str]:
    return re.findall(r"[「“]([^」”]+)[」”]", cell)


def pages_and_texts() -> dict[str, str]:
    """Return the Japanese that the handbook says itself: pages but the style guide, and texts of records; no quotations, names or labels."""
    texts = {
        page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8")
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if page.stem != "style"
    }
    messages = load(ROOT / "knowledge").messages()
    texts |= {f"{item.record}: {item.field}": item.text for item in messages if item.field not in ("label", "name")}
    unsaid = re.compile(r"^(`{3,}).*?^\1$|「[^」]*」|『[^』]*』|`[^`]*`", re.MULTILINE | re.DOTALL)
    return {name: unsaid.sub("", text) for name, text in texts.items()}


#: What a wrong form of the style guide is found by, where the form itself is only one example of many.
PATTERNS = {
    "採択したのである": r"である。",
    "全ての会員": r"全て",
    "様々な": r"様々",
    "誰が": r"誰(?!一人)",
    "為に": r"為に",
    "コンピュータ": r"コンピュータ(?!ー)",
    "サーバ": r"サーバ(?!ー)",
    "43ヶ国": r"\dヶ国",
    "43カ国": r"\dカ国",
    "２５００": r"[０-９]",
    "1990〜2000年": r"\d[〜～]\d",
    "イクレイ(ICLEI)": r"[ぁ-んァ-ヶ一-龠]\([A-Za-zぁ-んァ-ヶ一-龠]",
    "国連 の 会議": r"[ぁ-んァ-ヶ一-龠] [ぁ-んァ-ヶ一-龠]",
    "PDF を開く": r"[A-Za-z0-9] [ぁ-んァ-ヶ一-龠]",
    # An article number or a year may have four digits, too.
    "2500": r"(?<![\d-])2500(?!\d)",
}


def test_the_handbook_writes_japanese_as_its_style_guide_says() -> None:
    wrong = [form for forms, _ in wrong_and_right("日本語") for form in forms]
    assert set(PATTERNS) <= set(wrong), "a pattern is for a form that is in the style guide no more"
    texts = pages_and_texts()
    found = [
        f"{name}: {form}"
        for form in wrong
        for name, text in texts.items()
        if re.search(PATTERNS.get(form, re.escape(form)), text)
    ]
    assert found == []


def test_the_terms_of_the_style_guide_are_those_of_the_glossary() -> None:
    terms = yaml.safe_load((ROOT / "knowledge/terms.yaml").read_text(encoding="utf-8"))
    avoided = {item["form"].partition("（")[0]: term["name"] for term in terms for item in term.get("avoid", ())}
    for (wrong,), (right,) in wrong_and_right("用語"):
        assert right in avoided[wrong], f"the glossary says {avoided[wrong]} for {wrong}"


def english(folder: Path) -> list[str]:
    """Return the translations of all pages but the guide, without roles, addresses, code and quotations. Records have official names."""
    found = []
    for file in sorted(folder.rglob("*.po")):
        if file.parent.name == "contributing" or file.stem == "knowledge":
            continue
        with file.open(encoding="utf-8") as stream:
            found += [str(message.string) for message in read_po(stream, charset="utf-8") if message.id]
    return [re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|“[^”]*”", "", text) for text in found]


def test_the_handbook_writes_english_as_its_style_guide_says() -> None:
    wrong = {form for forms, _ in wrong_and_right("英語") for form in forms}
    # Spelling and “municipalities” depend on the sentence; names keep their own.
    patterns = {
        "September 5, 1990": r"(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}",
        "2500": r"(?<![\d-])2500(?!\d)",
        "ICLEI's members": r"[A-Za-z]'[a-z]",
        "e.g. cities": r"\b(e\.g|i\.e)\.",
        "it doesn’t say": r"n’t\b",
        "The U.N.": r"\bU\.N\.",
        "the years 2015-2021": r"(?<![\d-])[12]\d{3}-[12]\d{3}(?!\d)",
    }
    assert set(patterns) <= wrong
    texts = english(ROOT / "locales/en/LC_MESSAGES")
    assert len(texts) > 1000
    assert [(form, text) for form, pattern in patterns.items() for text in texts if re.search(pattern, text)] == []
