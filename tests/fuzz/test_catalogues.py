"""Catalogues (`locales/**/*.po`): whatever is typed there is used, or told with its place, and stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from handbook.knowledge import ContentError, KnowledgeBase
from handbook.translation import Translation
from handbook.translation.catalogue import syntax_problems
from handbook.translation.checks import check_catalogues
from handbook.translation.update import update_catalogues
from tests.conftest import ROOT
from tests.fuzz.judging import assert_can_be_acted_on, assert_readable, cases, folder, time_limit
from tests.fuzz.mutations import excerpts, mutated, values

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
TEXTS = [
    (ROOT / f"locales/en/LC_MESSAGES/{name}.po").read_text(encoding="utf-8")
    for name in ("handbook", "knowledge", "about/name", "history/founding")
]
NOTHING = KnowledgeBase({}, {}, {}, {})
TEMPLATE = HEADER + 'msgid "twice"\nmsgstr ""\n\nmsgid "gone away"\nmsgstr ""\n'
SNIPPETS = (
    'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
    'msgid "a"\nmsgstr[7] "c"\n',
    'msgid "a"\nmsgstr[99999999999] "c"\n',
    'msgstr[0] ""',
    'msgid "twice"\nmsgstr "one"\n\nmsgid "twice"\nmsgstr "two"\n',
    'msgctxt "a"\nmsgid "twice"\nmsgstr "one"\n',
    '#~ msgid "gone"\n#~ msgstr "away"\n',
    '#~ msgid "gone"',
    "#~ nothing",
    '#| msgid "before"\n#, fuzzy\nmsgid "after"\nmsgstr "x"\n',
    "#, fuzzy, , nonsense",
    "#: docs/a.md:x docs:1:2:3 \u2068a b\u2069",
    "#: \u2068",
    "#. allow numbers:",
    "# allow numbers: allow names:",
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n',
    'msgid ""\nmsgstr "Plural-Forms: nplurals=99; plural=n/0;\\n"\n',
    'msgid ""\nmsgstr "Language: xx-yy-zz\\n"\n',
    'msgid ""\nmsgstr "POT-Creation-Date: yesterday\\n"\n',
    'msgid "a" "b"',
    'msgid "\\x41\\q\\8"',
    'msgid "\\"',
    'msgstr "{a} {} {0!r} %s {"',
    'msgid "a\\0b"\nmsgstr "c\\0d\\4e"\n',
    "msgid",
    'domain "a"',
)


@st.composite
def strange_entries(draw: DrawFn) -> bytes:
    """Draw a catalogue that is well formed and holds anything."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    texts = [(draw(values()), draw(values()), draw(values())) for _ in range(draw(st.integers(1, 4)))]
    entries = [f"# {note}\nmsgid {quoted(one)}\nmsgstr {quoted(other)}\n" for one, other, note in texts]
    return (HEADER + "\n".join(entries)).encode(errors="replace")


def judge(data: bytes, domain: str) -> None:
    with folder() as root, time_limit():
        locales = root / "locales"
        file = locales / f"en/LC_MESSAGES/{domain}.po"
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        if problems := syntax_problems([file], project=root):
            assert_can_be_acted_on(problems, root)
        else:
            compile_as_sphinx_does(file)
        try:
            Translation.load(locales, language="en", source_language="ja")
        except ContentError as error:
            assert_can_be_acted_on(error.problems, root)
        for finding in check_catalogues(root, locales, "en", "ja", NOTHING):
            assert finding.file == file.relative_to(root)
            assert finding.line >= 1
            for line in str(finding).split("\n"):
                assert_readable(line[:300])


def compile_as_sphinx_does(file: Path) -> None:
    with file.open(encoding="utf-8") as source, file.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source, "en"))


def broken_catalogues() -> SearchStrategy[bytes]:
    texts = st.sampled_from(TEXTS).flatmap(lambda text: excerpts(text, "#: "))
    return texts.flatmap(lambda text: mutated(HEADER + text, SNIPPETS))


@cases()
@given(broken_catalogues(), st.sampled_from(("handbook", "knowledge", "index")))
def test_a_broken_catalogue_is_used_or_told_with_its_place(data: bytes, domain: str) -> None:
    judge(data, domain)


@cases()
@given(strange_entries(), st.sampled_from(("handbook", "knowledge", "index")))
def test_strange_texts_are_used_or_told_with_their_place(data: bytes, domain: str) -> None:
    judge(data, domain)


@cases(0.05)
@given(broken_catalogues() | strange_entries())
def test_a_catalogue_that_cannot_be_updated_stays_as_it_was(data: bytes) -> None:
    with folder() as root:
        (templates := root / "templates").mkdir()
        (templates / "index.pot").write_text(TEMPLATE, encoding="utf-8")
        file = root / "locales/en/LC_MESSAGES/index.po"
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        try:
            with time_limit():
                update_catalogues(templates, root / "locales", ["en"], NOTHING)
        except ContentError as error:
            assert_can_be_acted_on(error.problems, root)
            assert file.read_bytes() == data
        else:
            assert not syntax_problems([file], project=root)
