"""Rules for the text of a page: what readers would see of broken Markdown, what links and pictures say, which words to avoid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.rules.passages import directive_of, line_of, parts_of
from handbook.rules.refusals import PICTURE_DIRECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from handbook.knowledge import Problem
    from handbook.rules.avoided_words import AvoidedWords
    from handbook.rules.passages import Passage

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
_ROLE_WORDING = re.compile(r"(?P<wording>[^<]*?)\s*<[^<>]+>")
_BROKEN_ROLE = re.compile(r"[{｛][a-z]+[}｝]")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[(?P<wording>[^\[\]]+)\]\([^()]+\)")


def wording_problems(passage: Passage, labels: set[str], words: AvoidedWords | None) -> Iterator[Problem]:
    """Yield what is wrong with a text, where `labels` are those of all pages, and `words` those to avoid."""
    yield from _picture_problems(passage)
    yield from _word_problems(passage, words) if words else ()
    for token in passage.tokens:
        if token.type == "inline":
            yield from _paragraph_problems(passage, token)
            yield from _link_problems(passage, token, labels)


def _paragraph_problems(passage: Passage, token: Token) -> Iterator[Problem]:
    """A line break is a space in Japanese print, and a message that nobody finds again."""
    for line, child in parts_of(token):
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


def _link_problems(passage: Passage, token: Token, labels: set[str]) -> Iterator[Problem]:
    """Links say where they lead, and lead there in every language."""
    children = token.children or []
    for index, (line, child) in enumerate(parts_of(token)):
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


def vague_links(text: str) -> list[str]:
    """Return the link texts of a message that do not say where they lead."""
    return [match["wording"] for match in _MARKDOWN_LINK.finditer(text) if _is_vague(match["wording"])]


def _is_vague(wording: str) -> bool:
    return wording.strip(_STOPS).casefold() in _VAGUE


def _picture_problems(passage: Passage) -> Iterator[Problem]:
    """Who cannot see a picture hears its text."""
    remedy = "say in a few words what it shows"
    for token in passage.tokens:
        if directive_of(token) in PICTURE_DIRECTIVES and not re.search(r"^:alt:\s*\S", token.content, re.MULTILINE):
            yield passage.problem(line_of(token), "the picture has no text in its place", f"add :alt: and {remedy}")
        for child in token.children or ():
            if child.type == "image" and not child.content.strip():
                yield passage.problem(
                    line_of(token),
                    f"the picture {child.attrs['src']} has no text in its place",
                    f"{remedy}, in the brackets of ![…](…)",
                )


def _word_problems(passage: Passage, words: AvoidedWords) -> Iterator[Problem]:
    """Everybody calls a thing by the same name; tables may list the names that others use."""
    in_table = False
    for token in passage.tokens:
        in_table = token.type == "table_open" or (in_table and token.type != "table_close")
        if token.type == "inline" and not in_table:
            for offset, line in enumerate(token.content.splitlines()):
                for what, remedy in words.faults(line):
                    yield passage.problem(line_of(token) + offset, what, remedy)
