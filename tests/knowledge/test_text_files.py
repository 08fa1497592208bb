"""Text files: what no editor shows, or what has come in by mistake, is refused with its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import ContentError, read_text

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[bytes], str]:
    """Return what is said of a file with these bytes."""

    def reading(data: bytes) -> str:
        (tmp_path / "a.md").write_bytes(data)
        with pytest.raises(ContentError) as caught:
            read_text(tmp_path / "a.md", Path("docs/a.md"))
        return str(caught.value)

    return reading


@pytest.mark.parametrize("data", ["一\r\n二\r\n".encode(), "\ufeff一\n二\n".encode(), "一\r二\r".encode()])
def test_a_mark_of_the_byte_order_and_ends_of_lines_make_no_difference(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)

    assert read_text(tmp_path / "a.md", Path("docs/a.md")) == "一\n二\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a\r\nb\0c\r\n", "docs/a.md:2: the character U+0000, which nobody sees, stands after 'b'"),
        ("a\u2028b\n".encode(), "docs/a.md:1: the character U+2028, which nobody sees, stands after 'a'"),
        (b"a\rb\r\xff", "docs/a.md:3: the file is not UTF-8"),
        ("日本語\n".encode("utf-16"), "docs/a.md:1: the file is not UTF-8"),
        (b"a\n" * 1_000_001, "docs/a.md:1: the file is larger than 2 MB"),
    ],
)
def test_what_cannot_be_text_of_ours_is_refused_with_its_line(
    refusal: Callable[[bytes], str], data: bytes, said: str
) -> None:
    assert refusal(data).startswith(f"{said}. To mend it: ")
