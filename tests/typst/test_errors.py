"""What cannot be made fails, says where and why, and leaves no half of a book."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError, SphinxError

from tools.running import environment

if TYPE_CHECKING:
    from tests.typst.conftest import TinyBook


def fails(book: TinyBook, **options: object) -> str:
    """Return what a build that must fail says."""
    with pytest.raises(SphinxError) as error:
        book.build(**options)
    assert not (book.root / "build/book.pdf").exists()
    assert not list((book.root / "build").glob("*.tmp"))
    return str(error.value).replace(f"{book.root.resolve()}/", "").strip()


def test_an_unknown_kind_of_content_is_an_error_with_its_place(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n\n.. graphviz::\n\n   digraph { a -> b }\n", "index.rst")
    said = fails(tiny_book, extensions=["sphinx.ext.graphviz", "handbook.typst"])
    assert re.match(r"index\.rst:\d+: the book cannot show 'graphviz'", said)
    assert "write it in another way" in said


def test_sphinx_build_tells_of_failure_by_its_exit_code(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n\n.. raw:: typst\n\n   #unknown()\n", "index.rst")
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "typst", ".", "build"],
        cwd=tiny_book.root,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2
    assert re.search(r"index\.rst:\d+: unknown variable: unknown", run.stderr)


def test_an_error_in_a_piece_for_typst_names_its_page_and_line(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n\nMore.\n\n```{raw} typst\n#unknown()\n```\n\nEnd.\n")
    said = fails(tiny_book)
    assert said.startswith("index.md:7: unknown variable: unknown")
    assert "#unknown()" in said


def test_a_piece_for_typst_that_breaks_the_notation_is_an_error(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n\n```{raw} typst\n#strong[\n```\n")
    assert "unclosed delimiter" in fails(tiny_book)


@pytest.mark.parametrize("standards", [["ua-1"], [], ["1.7"], ["a-3b"]])
def test_a_letter_that_no_font_has_is_an_error_with_its_place(standards: list[str], tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n\nA 漢 and a \N{GRINNING FACE}.\n\n```text\nin code: 字\n```\n")
    said = fails(tiny_book, typst_standards=standards)
    assert "index.md:5: no font of the book has the letter '漢' (U+6F22)" in said
    assert "(U+1F600)" in said
    assert "index.md:7: no font of the book has the letter '字'" in said
    assert "typst_fonts" in said


def test_a_font_that_does_not_exist_is_an_error(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    with pytest.raises(ConfigError, match=r"the font 'nowhere\.otf' does not exist: .*nowhere\.otf"):
        tiny_book.build(typst_fonts=["nowhere.otf"])
    with pytest.raises(ConfigError, match="package that is not installed: no_such_package"):
        tiny_book.build(typst_fonts=["no_such_package:font.otf"])
    with pytest.raises(ConfigError, match="does not exist"):
        tiny_book.build(typst_fonts=["noto_cjk_sans_jp_regular:no.otf"])


def test_a_family_that_no_font_has_is_a_warning(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    book = tiny_book.build(typst_families=["No Such Family", "Libertinus Serif"])
    assert book.warnings == ["WARNING: Typst: unknown font family: no such family [typst]"]


def test_a_link_that_leads_nowhere_is_a_warning(tiny_book: TinyBook) -> None:
    tiny_book.page("See :ref:`nowhere` and :doc:`nothing`.\n", "index.rst")
    warnings = tiny_book.build().warnings
    assert [line for line in warnings if "index.rst:4" in line and "nowhere" in line]
    assert [line for line in warnings if "index.rst:4" in line and "nothing" in line]


def test_a_link_to_a_page_that_no_contents_name_is_text(tiny_book: TinyBook) -> None:
    tiny_book.page("See {doc}`other`.\n")
    tiny_book.write("other.md", "---\norphan: true\n---\n\n# Other\n")
    book = tiny_book.build()
    assert "See Other." in book.text
    assert "Other" not in [title for _, title in book.outline]


def test_a_failure_leaves_the_book_of_the_last_build_whole(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    before = tiny_book.clean().file.read_bytes()
    tiny_book.page("```{raw} typst\n#unknown()\n```\n")
    with pytest.raises(SphinxError):
        tiny_book.build()
    assert (tiny_book.root / "build/book.pdf").read_bytes() == before
    tiny_book.page("Other text.\n")
    assert "Other text." in tiny_book.clean().text
