"""Rules for the pages in `docs/` that nobody sees broken until a translation, a link or a screen reader breaks.

Pages are read as MyST reads them, without Sphinx: checking them all takes a few
seconds, and every fault is told with its line and its remedy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import yaml
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from handbook.content.refusals import (
    REFUSED,
    click_refusal,
    download_refusal,
    html_refusal,
    link_refusal,
    picture_refusal,
    settings_refusals,
    svg_refusal,
)
from handbook.diagrams.pictures import svg_faults
from handbook.knowledge import ContentError, Problem, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from handbook.content.avoided_words import AvoidedWords
    from handbook.content.refusals import Refusal

#: As in conf.py.
_EXTENSIONS = {"attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist"}
#: How many directives may stand in each other, and how many lists, quotes and emphases: more than anybody can read.
_DEEPEST, _DEEPEST_MARKUP = 6, 30
_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\}")
_OPTION = re.compile(r":[\w-]+:")
_ROLE_WORDING = re.compile(r"(?P<wording>[^<]*?)\s*<[^<>]+>")
#: Directives whose content is no Markdown.
_VERBATIM = frozenset(
    (
        *("bibliography", "code", "code-block", "csv-table", "eval-rst", "literalinclude", "math", "mermaid"),
        *("parsed-literal", "raw", "toctree"),
    )
)
_PICTURES = frozenset(("figure", "image"))
_RST = re.compile(r"[`~]{3,}\s*\{eval-rst\}")
_TARGET = re.compile(r"^:target:\s*(?P<address>.+)")
_ENTRY = re.compile(r"<(?P<address>[^<>]+)>\s*$")
_ROLE_TARGET = re.compile(r".*<([^<>]+)>", re.DOTALL)
#: Link texts that say nothing to who hears or scans the links alone.
_VAGUE = frozenset(
    (
        *(
            "こちら",
            "こちらのページ",
            "ここ",
            "このページ",
            "このリンク",
            "リンク",
            "詳細",
            "詳しくはこちら",
            "続きを読む",
        ),
        *("もっと見る", "here", "click here", "link", "this", "this link", "this page", "details", "more", "read more"),
    )
)
_STOPS = " 。、.,:;!?！？"
_CELL_END = re.compile(r"(?<!\\)\|")
_BROKEN_ROLE = re.compile(r"[{｛][a-z]+[}｝]")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[(?P<wording>[^\[\]]+)\]\([^()]+\)")


@dataclass(frozen=True)
class _Passage:
    """Markdown that is read in one go: a page, or the content of a `directive`, which begins at `first_line`."""

    file: Path
    first_line: int
    lines: list[str]
    tokens: list[Token]
    directive: str = ""
    #: In how many directives it stands.
    depth: int = 0

    def problem(self, line: int, what: str, remedy: str) -> Problem:
        return Problem(self.file, self.first_line + line, what, remedy)


def page_problems(docs: Path, *, project: Path, words: AvoidedWords | None = None) -> list[Problem]:
    """Return what is wrong on the pages in `docs`; with `words`, also those that the glossary says to avoid."""
    problems: list[Problem] = []
    passages: dict[Path, list[_Passage]] = {}
    for file in sorted(docs.rglob("*.md")):
        try:
            passages[file] = list(_passages(file, read_text(file, file)))
        except ContentError as error:
            problems += error.problems
    labels = {
        token.content for page in passages.values() for passage in page for token in passage.tokens if _is_label(token)
    }
    problems += _duplicate_labels(passages.values())
    for file, page in passages.items():
        problems += _name_problems(file, docs)
        problems += _meta_problems(page[0])
        for passage in page:
            problems += _depth_problems(passage)
            problems += _foreign_problems(passage)
            problems += _heading_problems(passage)
            problems += _fence_problems(passage)
            problems += _table_problems(passage)
            problems += _hidden_problems(passage)
            problems += _picture_problems(passage)
            problems += _unsafe_problems(passage)
            problems += _word_problems(passage, words) if words else []
            for token in passage.tokens:
                if token.type == "inline":
                    problems += _paragraph_problems(passage, token)
                    problems += _link_problems(passage, token, labels)
    return sorted(replace(one, file=one.file.relative_to(project)) for one in problems)


def deep_places(docs: Path, *, project: Path) -> list[Problem]:
    """Return where pages have things in each other that deep that Sphinx cannot follow."""
    passages = (passage for file in sorted(docs.rglob("*.md")) for passage in _passages(file, read_text(file, file)))
    problems = (problem for passage in passages for problem in _depth_problems(passage))
    return sorted(replace(one, file=one.file.relative_to(project)) for one in problems)


def lines_of_rst(text: str) -> list[int]:
    """Return the lines of a page on which reStructuredText begins."""
    # Few pages name it, and reading one takes time.
    passages = _passages(Path(), text) if _RST.search(text) else ()
    return [
        passage.first_line + _line(token)
        for passage in passages
        for token in passage.tokens
        if _directive(token) == "eval-rst"
    ]


def picture_problems(docs: Path, *, project: Path) -> list[Problem]:
    """Return what is wrong with the SVG files in `docs`."""
    return [
        Problem(file.relative_to(project), line, *svg_refusal(what))
        for file in sorted(docs.rglob("*.svg"))
        for line, what in svg_faults(file)
    ]


def refused_in_message(text: str) -> list[Refusal]:
    """Return what a translated message of a page may not hold; labels of diagrams may break their lines with `<br>`."""
    if not ("<" in text or "](" in text):
        return []
    tokens = _parser().parse(text.replace("<br>", " "))
    return [refusal for token in tokens for _, refusal in _refused_in_text(token)]


def vague_links(text: str) -> list[str]:
    """Return the link texts of a message that do not say where they lead."""
    return [match["wording"] for match in _MARKDOWN_LINK.finditer(text) if _is_vague(match["wording"])]


# -- Reading -----------------------------------------------------------------------------------------------------------


def _passages(file: Path, text: str) -> Iterator[_Passage]:
    """Yield a page and, after it, what stands in its directives."""
    parser = _parser()
    waiting = [(1, text, "", 0)]
    while waiting:
        first_line, text, around, depth = waiting.pop(0)
        tokens = parser.parse(text)
        yield _Passage(file, first_line, text.split("\n"), tokens, around, depth)
        for token in tokens:
            directive = _directive(token)
            if directive and directive not in _VERBATIM and token.map and depth < _DEEPEST:
                content = "\n".join("" if _OPTION.match(line) else line for line in token.content.splitlines())
                waiting.append((first_line + token.map[0] + 1, content, directive, depth + 1))


@cache
def _parser() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=_EXTENSIONS), RendererHTML)


def _directive(token: Token) -> str:
    """Return the name of the directive that begins here, if one does."""
    match = _DIRECTIVE.match(token.info) if token.type in ("fence", "colon_fence") else None
    return match["name"] if match else ""


def _is_label(token: Token) -> bool:
    return token.type == "myst_target"


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


# -- Rules -------------------------------------------------------------------------------------------------------------


def _depth_problems(passage: _Passage) -> Iterator[Problem]:
    """Each level takes Python some more of its own depth, which has an end."""
    for token in passage.tokens:
        own = max((child.level for child in token.children or ()), default=0)
        if token.level + own > _DEEPEST_MARKUP or (passage.depth == _DEEPEST and _directive(token)):
            yield passage.problem(
                _line(token), "things lie too deep in each other here", "write them one after the other"
            )
            return


def _foreign_problems(passage: _Passage) -> Iterator[Problem]:
    """What is no Markdown is shown by one format alone, if at all; `foreign` refuses it, and this tells of it sooner."""
    for token in passage.tokens:
        if (name := _directive(token)) in REFUSED:
            yield passage.problem(_line(token), f"{{{name}}} cannot be used in a page", REFUSED[name])


def _name_problems(file: Path, docs: Path) -> Iterator[Problem]:
    """File and folder names are part of addresses."""
    for part in file.relative_to(docs).with_suffix("").parts:
        if not _KEBAB_CASE.fullmatch(part):
            yield Problem(
                file,
                1,
                f"'{part}' is no name for an address",
                "use small letters, digits and single hyphens, as in who-is-who",
            )


def _meta_problems(page: _Passage) -> Iterator[Problem]:
    """What stands between --- and --- before the title: searches and lists show the description."""
    for token in page.tokens:
        if token.type != "front_matter":
            continue
        try:
            meta = yaml.safe_load(token.content)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            yield page.problem(
                mark.line + 1 if mark else 0,
                f"what stands before the page is not valid YAML: {getattr(error, 'problem', 'unreadable text')}",
                "indent with half-width spaces as other pages do, and write no half-width colon in the description",
            )
            continue
        for name in ("myst", "html_meta", "description"):
            meta = meta.get(name) if isinstance(meta, dict) else None
        refusals = list(settings_refusals(token.content))
        for line, refusal in refusals:
            yield page.problem(line + 1, *refusal)
        if not (meta or refusals):
            yield page.problem(
                0, "the page has no description", "write one under myst: and html_meta:, as other pages have it"
            )


def _heading_problems(passage: _Passage) -> Iterator[Problem]:
    """Labels are the anchors of headings; without one, the anchor changes with the language and the order."""
    before: Token | None = None
    title: Token | None = None
    for token in passage.tokens:
        if token.tag == "h1" and token.type == "heading_open":
            if title:
                yield passage.problem(_line(token), "the page has a second title", "write ## for a part of the page")
            title = token
        if token.type == "heading_open" and (before is None or not _is_label(before)):
            yield passage.problem(
                _line(token), "the heading has no label", "write one in the line before, as in (topic-part)="
            )
        if _is_label(token) and not _KEBAB_CASE.fullmatch(token.content):
            yield passage.problem(
                _line(token),
                f"the label '{token.content}' is not in kebab-case",
                "use small letters, digits and single hyphens",
            )
        before = token


def _duplicate_labels(pages: Iterable[Iterable[_Passage]]) -> Iterator[Problem]:
    """A link to a label that two headings have leads to either."""
    seen: dict[str, str] = {}
    for passage in chain.from_iterable(pages):
        for token in filter(_is_label, passage.tokens):
            if token.content in seen:
                what = f"the label '{token.content}' stands in {seen[token.content]}, too"
                yield passage.problem(_line(token), what, "begin it with the names of the folder and the file")
            seen.setdefault(token.content, passage.file.name)


def _fence_problems(passage: _Passage) -> Iterator[Problem]:
    """What begins with ``` and does not end swallows the rest of the page without a word."""
    for token in passage.tokens:
        if token.type in ("fence", "colon_fence") and token.map:
            begin, end = token.map
            last = passage.lines[end - 1].strip(" >\t") if end - 1 > begin and end <= len(passage.lines) else ""
            if not last.startswith(token.markup) or last.strip(token.markup[0]):
                yield passage.problem(
                    begin, f"'{token.markup}' begins here and never ends", f"write {token.markup} after it"
                )


def _table_problems(passage: _Passage) -> Iterator[Problem]:
    """Markdown leaves out cells that a row has too many of."""
    width = 0
    for token in passage.tokens:
        if token.type == "table_open":
            width = 0
        elif token.type == "tr_open":
            cells = _cells(passage.lines[_line(token)])
            width = width or cells
            if cells != width:
                yield passage.problem(
                    _line(token),
                    f"the row has {cells} cells, but the table has {width} columns",
                    "write as many cells as the first row has, with \\| for a | in a text",
                )


def _cells(row: str) -> int:
    return len(_CELL_END.split(row.strip(" >\t").removeprefix("|").removesuffix("|")))


def _hidden_problems(passage: _Passage) -> Iterator[Problem]:
    """Text that Sphinx does not extract stays Japanese in every language, and no catalogue shows that it does."""
    for token in passage.tokens:
        directive = _directive(token)
        if token.type == "table_open" and passage.directive:
            yield passage.problem(
                _line(token),
                f"translators do not see a Markdown table inside {{{passage.directive}}}",
                "write it as a {list-table}, which may have a title, or put it outside",
            )
        elif directive == "parsed-literal":
            yield passage.problem(
                _line(token),
                "translators do not see text in {parsed-literal}",
                "write it in Markdown, or as a {code-block} if it is the same in every language",
            )


def _picture_problems(passage: _Passage) -> Iterator[Problem]:
    """Who cannot see a picture hears its text."""
    remedy = "say in a few words what it shows"
    for token in passage.tokens:
        if _directive(token) in _PICTURES and not re.search(r"^:alt:\s*\S", token.content, re.MULTILINE):
            yield passage.problem(_line(token), "the picture has no text in its place", f"add :alt: and {remedy}")
        for child in token.children or ():
            if child.type == "image" and not child.content.strip():
                yield passage.problem(
                    _line(token),
                    f"the picture {child.attrs['src']} has no text in its place",
                    f"{remedy}, in the brackets of ![…](…)",
                )


def _unsafe_problems(passage: _Passage) -> Iterator[Problem]:
    """Nothing in a page may run in a browser, come from elsewhere, or lead where no link should."""
    for token in passage.tokens:
        if directive := _directive(token) or (token.info if token.info == "mermaid" else ""):
            for line, refusal in _refused_in(directive, token):
                yield passage.problem(_line(token) + line, *refusal)
        for line, refusal in _refused_in_text(token):
            yield passage.problem(_line(token) + line, *refusal)


def _refused_in(directive: str, token: Token) -> Iterator[tuple[int, Refusal]]:
    """Yield what a directive may not show or lead to, by lines after its first."""
    argument = token.info.partition("}")[2].strip()
    if directive in _PICTURES and (refusal := picture_refusal(argument)):
        yield 0, refusal
    if directive == "mermaid":
        for offset, line in enumerate(token.content.splitlines(), start=1):
            if refusal := click_refusal(line):
                yield offset, refusal
    leading = _ENTRY if directive == "toctree" else _TARGET
    for offset, line in enumerate(token.content.splitlines(), start=1):
        if (match := leading.search(line)) and (refusal := link_refusal(match["address"])):
            yield offset, refusal


def _refused_in_text(token: Token) -> Iterator[tuple[int, Refusal]]:
    """Yield what running text may not hold, by lines after its first."""
    line = 0
    for part in (token, *(token.children or ())):
        line += part.type in ("softbreak", "hardbreak")
        refusal = None
        if part.type in ("html_block", "html_inline"):
            refusal = html_refusal(part.content)
        elif part.type == "link_open":
            refusal = link_refusal(unquote(str(part.attrs["href"])))
        elif part.type == "image":
            refusal = picture_refusal(unquote(str(part.attrs["src"])))
        elif part.type == "myst_role" and part.meta.get("name") == "download":
            refusal = download_refusal(_ROLE_TARGET.sub(r"\1", part.content))
        if refusal:
            yield line, refusal


def _paragraph_problems(passage: _Passage, token: Token) -> Iterator[Problem]:
    """A line break is a space in Japanese print, and a message that nobody finds again."""
    line = _line(token)
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        if child.type == "softbreak" and token.content.startswith("|"):
            yield passage.problem(
                line, "this row is in no table", "write a first row and, right under it, |---|---| for its columns"
            )
        elif child.type == "softbreak":
            yield passage.problem(
                line,
                "the line goes on a paragraph",
                "join it to the line before, or begin a paragraph with an empty line",
            )
        if child.type != "text":
            continue
        if "{{" in child.content:
            yield passage.problem(
                line, "substitutions do not reach translators", "write the text itself, or a role such as {figure}"
            )
        elif broken := _BROKEN_ROLE.search(child.content):
            yield passage.problem(
                line,
                f"readers would see '{broken[0]}'",
                "write a role with half-width marks and nothing between them: {cite}`key`",
            )


def _link_problems(passage: _Passage, token: Token, labels: set[str]) -> Iterator[Problem]:
    """Links say where they lead, and lead there in every language."""
    line, children = _line(token), token.children or []
    for index, child in enumerate(children):
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        wording = ""
        if child.type == "link_open":
            end = next(at for at in range(index, len(children)) if children[at].type == "link_close")
            wording = "".join(part.content for part in children[index:end])
            page, _, anchor = unquote(str(child.attrs["href"])).partition("#")
            own = page.endswith(".md") or not page
            if own and anchor and anchor not in labels:
                yield passage.problem(
                    line,
                    f"'#{anchor}' is the label of no heading",
                    "write the label that stands before the heading; anchors made from its words differ in translations",
                )
        elif child.type == "myst_role" and (match := _ROLE_WORDING.fullmatch(child.content)):
            wording = match["wording"]
        if _is_vague(wording):
            yield passage.problem(
                line, f"the link text '{wording}' says nothing by itself", "name what the link leads to"
            )


def _is_vague(wording: str) -> bool:
    return wording.strip(_STOPS).casefold() in _VAGUE


# -- Words -------------------------------------------------------------------------------------------------------------


def _word_problems(passage: _Passage, words: AvoidedWords) -> Iterator[Problem]:
    """Everybody calls a thing by the same name; tables may list the names that others use."""
    in_table = False
    for token in passage.tokens:
        in_table = token.type == "table_open" or (in_table and token.type != "table_close")
        if token.type == "inline" and not in_table:
            for offset, line in enumerate(token.content.splitlines()):
                for what, remedy in words.faults(line):
                    yield passage.problem(_line(token) + offset, what, remedy)
