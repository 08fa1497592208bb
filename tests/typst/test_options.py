"""Each option does what it says, and the same input makes the same file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf

import handbook.typst
from tests.typst.conftest import CJK

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.typst.conftest import TinyBook


def fonts_of(file: Path) -> set[str]:
    with pikepdf.open(file) as document:
        found = (
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        )
        return {str(font["/BaseFont"]).rpartition("+")[2] for font in found}


def test_every_option_that_is_described_exists_and_no_other(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    described = set(re.findall(r"^(typst_\w+)  ", handbook.typst.__doc__ or "", re.MULTILINE))
    registered: set[str] = set()

    class App:
        """Writes down what an extension registers."""

        def add_builder(self, builder: object) -> None:
            pass

        def add_config_value(self, name: str, *_: object, **__: object) -> None:
            registered.add(name)

    handbook.typst.setup(App())  # type: ignore[arg-type]
    assert described == registered


def test_fonts_come_from_packages_and_files_and_only_those_get_into_the_book(tiny_book: TinyBook) -> None:
    tiny_book.page("漢字と`コード`。\n")
    book = tiny_book.clean(**CJK)
    assert {name for name in fonts_of(book.file) if not name.startswith("NotoSansCJKjp")} <= {"LibertinusSerif-Regular"}
    copied = (book.folder / "fonts/NotoSansCJKjp-Regular.otf").read_bytes()
    tiny_book.write("own.otf", copied)
    again = tiny_book.clean(**CJK | {"typst_fonts": ["own.otf"]})
    assert [file.name for file in (again.folder / "fonts").iterdir()] == ["own.otf"]
    assert "漢字とコード。" in again.text


def test_a_template_of_ones_own_takes_the_place_of_the_builders(tiny_book: TinyBook) -> None:
    tiny_book.write("own.typ", '#import "settings.typ": *\n#let kinds = (part: [part], chapter: [chapter], section: [section])\n'
                    "#let book(body) = { set document(title: title); [MINE ]; body }\n")  # fmt: skip
    tiny_book.page("Text.\n")
    book = tiny_book.clean(typst_template="own.typ")
    assert book.text.startswith("MINE Title")


def test_paper_and_colours_are_those_of_the_project(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    book = tiny_book.clean(typst_paper="a5", typst_colours={"accent": "#ff0000"})
    assert [round(float(length)) for length in book.reader.pages[0].mediabox[2:]] == [420, 595]
    assert b"1 0 0" in book.reader.pages[0].get_contents().get_data()  # type: ignore[union-attr]


def test_the_file_has_the_name_and_the_date_that_the_project_gives(
    tiny_book: TinyBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_book.page("Text.\n")
    book = tiny_book.clean()
    assert "20261124" in book.created
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    dated = tiny_book.clean(typst_date="")
    assert "19700102" in dated.created
    tiny_book.clean(typst_name="", project="Other Book")
    assert (dated.folder / "otherbook.pdf").exists()


def test_the_book_keeps_the_standard_for_readers_who_listen(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    with pikepdf.open(tiny_book.clean().file) as document:
        assert document.Root.MarkInfo.Marked
        assert document.open_metadata().get("pdfuaid:part") == "1"
    with pikepdf.open(tiny_book.clean(typst_standards=["a-3b"]).file) as document:
        assert document.open_metadata().get("pdfaid:part") == "3"


def test_two_builds_in_different_folders_are_the_same_to_the_byte(tiny_book: TinyBook, tmp_path: Path) -> None:
    files = []
    for name in ("here", "there/and/deeper"):
        other = type(tiny_book)(tmp_path / name)
        other.page("Text[^a] :index: and {index}`word`.\n\n$x^2$\n\n[^a]: Note.\n")
        book = other.clean()
        files.append((book.file.read_bytes(), book.source))
    assert files[0] == files[1]


def test_a_book_is_made_again_only_if_something_of_it_has_changed(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    first = tiny_book.clean().file.stat().st_mtime_ns
    assert tiny_book.clean().file.stat().st_mtime_ns == first
    red = tiny_book.clean(typst_colours={"accent": "#ff0000"}).file.stat().st_mtime_ns
    assert red != first
    tiny_book.page("Other text.\n")
    assert "Other text." in tiny_book.clean(typst_colours={"accent": "#ff0000"}).text


def test_a_book_that_is_gone_is_made_again(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    tiny_book.clean().file.unlink()
    assert "Text." in tiny_book.clean().text


def test_changed_styles_make_the_book_again(tiny_book: TinyBook) -> None:
    styles = tiny_book.write(
        "styles.typ", "#let inline-styles = (:)\n#let block-styles = (loud: body => [LOUD #body])\n"
    )
    tiny_book.page("{.loud}\nText.\n")
    options = {"typst_styles": str(styles), "typst_styled": ["loud"]}
    assert "LOUD" in tiny_book.clean(**options).text
    styles.write_text("#let inline-styles = (:)\n#let block-styles = (loud: body => [QUIET #body])\n", encoding="utf-8")
    assert "QUIET" in tiny_book.clean(**options).text


def test_what_was_warned_of_is_warned_of_again(tiny_book: TinyBook) -> None:
    tiny_book.page("See :ref:`nowhere`.\n", "index.rst")
    warned = tiny_book.build().warnings
    assert "undefined label: 'nowhere'" in warned[0]
    assert tiny_book.build().warnings == warned


def test_imprint_and_colophon_stand_on_pages_of_their_own_without_anything_above_or_below(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    pages = tiny_book.clean(typst_imprint=["Who made it."], typst_colophon=["How it was made."]).pages
    assert pages[1] == "Who made it."
    assert pages[-1] == "How it was made."
