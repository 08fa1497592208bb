"""Sources (`knowledge/sources.bib`): whatever is typed there is read, or told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from handbook.knowledge import ContentError
from handbook.knowledge.sources import read_sources
from tests.conftest import ROOT
from tests.fuzz.judging import assert_can_be_acted_on, cases, folder, time_limit
from tests.fuzz.mutations import excerpts, mutated, values

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

TEXT = (ROOT / "knowledge/sources.bib").read_text(encoding="utf-8")
SNIPPETS = (
    "@comment{ nothing",
    "@comment nothing",
    "@string{a = a}",
    "@string{a = b # a}",
    "@string{b = a # a}",
    '@preamble{"x" # }',
    "@online{a, crossref = {a}}",
    "@online{a, title = {A}, title = {B}}",
    "@online{a",
    "@online(a, title = {A})",
    "@online{}",
    "@online{,}",
    "@{a, title = {A}}",
    "@article{x y, title = 2026}",
    "  title = {" + "{" * 500 + "}" * 500 + "},",
    "  title = {\\" + "begin{a}" * 50 + "},",
    "  title = {\\input{/etc/passwd} $x^{2}$ \\url{x} \\unknown \\'{e} \\\"},",
    "  author = {and and and, , , ,},",
    "  url = https://example.org/,",
    "  date = {0000-13-45},",
    "  langid = {klingon},",
    "  note = {100%},",
    "}" * 50,
    '"' * 51,
)


@st.composite
def strange_entries(draw: DrawFn) -> bytes:
    """Draw entries that are complete and hold anything in braces; some are fit to be read, or all but one field."""
    fit = {"url": "https://example.org/", "date": "2008-05", "urldate": "2026-11-24", "langid": "english"}
    fields = ("title", "publisher", "url", "date", "urldate", "langid", "note", "author", "crossref")
    drawn = {field: st.just(fit[field]) | values() if field in fit else values() for field in fields}
    keys = st.from_regex(r"[a-z]+", fullmatch=True) | values()
    entries = [
        f"@online{{{draw(keys)},\n" + "".join(f"  {field} = {{{draw(drawn[field])}}},\n" for field in fields) + "}\n"
        for _ in range(draw(st.integers(1, 3)))
    ]
    return "\n".join(entries).encode(errors="replace")


def judge(data: bytes) -> None:
    with folder() as root:
        file = root / "sources.bib"
        file.write_bytes(data)
        try:
            with time_limit():
                for source in read_sources(file, Path("sources.bib")).values():
                    assert isinstance(source.title + source.publisher + source.note + source.language, str)
        except ContentError as error:
            assert_can_be_acted_on(error.problems, root)


@cases()
@given(excerpts(TEXT, "@").flatmap(lambda text: mutated(text, SNIPPETS)))
def test_broken_entries_are_read_or_told_with_their_place(data: bytes) -> None:
    judge(data)


@cases()
@given(strange_entries())
def test_strange_entries_are_read_or_told_with_their_place(data: bytes) -> None:
    judge(data)
