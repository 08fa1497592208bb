"""Links out of the book and within it, and the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.typst.conftest import TinyBook


def test_an_address_is_printed_below_the_page_unless_the_text_is_the_address(markdown: Any) -> None:
    book = markdown("[Here](https://example.org/~a_b?c=1&d=%20#e) and <https://example.com/x>, <mail@example.org>.\n")
    assert "https://example.org/~a_b?c=1&d=%20#e" in book.text
    assert book.text.count("https://example.com/x") == 1
    assert book.text.count("mail@example.org") == 1
    assert set(book.addresses) == {
        "https://example.org/~a_b?c=1&d=%20#e",
        "https://example.com/x",
        "mailto:mail@example.org",
    }


def test_addresses_are_not_printed_where_the_project_says_so(markdown: Any) -> None:
    book = markdown("[Here](https://example.org/there).\n", typst_show_urls="no")
    assert "https://example.org/there" not in book.text
    assert book.addresses == ["https://example.org/there"]


def test_lists_with_a_certain_class_tell_the_page_of_each_link(tiny_book: TinyBook) -> None:
    tiny_book.page("{.pages}\n- {doc}`one`\n- {doc}`two`\n\nAnd {doc}`one`.\n\n```{toctree}\n:hidden:\none\ntwo\n```\n")
    tiny_book.page("Text.\n", "one.md", "One")
    tiny_book.page("Text.\n", "two.md", "Two")
    book = tiny_book.clean(typst_numbered_links=["pages"])
    one, two = book.page_of("One Text."), book.page_of("Two Text.")
    assert f"• One {one} • Two {two} And One." in book.text


def test_words_marked_for_the_index_are_at_the_end_with_their_pages(tiny_book: TinyBook) -> None:
    tiny_book.page(
        """
        .. index:: single: apple; red
           pair: bread; butter
           see: pear; apple

        Text :index:`banana`.

        .. toctree::

           other
        """,
        "index.rst",
    )
    tiny_book.page("More :index:`banana`, and :index:`banana`. See the :ref:`genindex`.\n", "other.rst", "Other")
    book = tiny_book.clean()
    first, second = book.page_of("Text banana."), book.page_of("More banana")
    index = book.pages[-1]
    assert f"B banana {first}, {second} bread butter {first} butter bread {first}" in index
    assert f"apple red {first}" in index
    assert "pear see apple" in index
    assert index.index("apple") < index.index("banana") < index.index("pear")
    assert book.outline[-1] == (0, "Index")
    assert second in book.links_to(len(book.pages))


def test_a_book_without_marked_words_has_no_index(tiny_book: TinyBook) -> None:
    tiny_book.page("Text.\n")
    assert (0, "Index") not in tiny_book.clean().outline
    tiny_book.page("Text :index:`banana`.\n", "index.rst")
    (tiny_book.root / "index.md").unlink()
    assert (0, "Index") not in tiny_book.clean(typst_index=False).outline


def test_functions_and_classes_are_described(rst: Any) -> None:
    book = rst(
        """
        .. py:function:: send(sender, *, priority: int = 1, **options) -> bool
           :no-index-entry:

           Send it.

           :param str sender: Who sends
           :returns: whether it went
           :raises ValueError: if not

        .. py:class:: Box(a[, b[, c]])

           .. py:method:: open()
              :async:

              Open it.

        .. c:function:: int *copy(const char *from)

        .. option:: --all <what>

           All of it.

        .. envvar:: HOME

        .. py:function:: first[T](of: list[T]) -> T

        The sum :cpp:expr:`a + b`.

        See :py:func:`send`, :py:meth:`Box.open`, :option:`--all` and :c:func:`copy`.
        """,
        smartquotes=True,
    )
    assert "send(sender, *, priority: int = 1, **options) → bool Send it." in book.text
    assert "sender (str) – Who sends" in book.text
    assert "class Box(a[, b[, c]])" in book.text
    assert "async open() Open it." in book.text
    assert "int *copy(const char *from)" in book.text
    assert "--all <what> All of it." in book.text
    assert "first[T](of: list[T]) → T" in book.text
    assert "The sum a + b." in book.text
    assert len(book.links_to(book.page_of("See send()"))) >= 4


def test_a_docstring_is_described(tiny_book: TinyBook) -> None:
    tiny_book.page(".. autoclass:: fractions.Fraction\n   :members: limit_denominator\n", "index.rst")
    book = tiny_book.clean(extensions=["sphinx.ext.autodoc", "handbook.typst"])
    assert "class fractions.Fraction(" in book.text
    assert "limit_denominator(max_denominator=1000000)" in book.text


def test_a_summary_of_a_module_is_a_table(tiny_book: TinyBook) -> None:
    tiny_book.page(".. autosummary::\n\n   fractions.Fraction\n", "index.rst")
    book = tiny_book.clean(extensions=["sphinx.ext.autosummary", "handbook.typst"], autosummary_generate=False)
    assert "fractions.Fraction" in book.text
    assert "This class implements rational numbers." in book.text


def test_a_grammar_keeps_its_lines(rst: Any) -> None:
    book = rst(".. productionlist::\n   sum: `term` ('+' `term`)*\n   term: \"x\"\n")
    assert "sum ::= term ('+' term)*" in book.text
    assert 'term ::= "x"' in book.text
