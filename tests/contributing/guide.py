"""The guide for contributors as the tests see it: its pages, and the wrong and right examples in them.

An example is a block of code under a caption that says whether it is right and where it belongs:

    ```{code-block} yaml
    :caption: よくない例：`knowledge/figures.yaml`

A block under the caption `メッセージ` quotes what is said of the wrong example before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.conftest import ROOT

GUIDE = ROOT / "docs" / "contributing"
PAGES = sorted(GUIDE.glob("*.md"))

_FENCE = re.compile(
    r"^(?P<fence>`{3,})\{code-block\} \w+\n(?P<options>(?::[^\n]*\n)*)\n(?P<code>.*?\n)(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_CAPTION = re.compile(
    r":caption: (?:(?P<verdict>よくない例|よい例)：`(?P<path>[^`]+)`|(?P<message>メッセージ))$", re.MULTILINE
)
#: Blocks of code of every kind, and rows of tables, where code in a line is an example.
_BLOCK = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """What to write, or not to write, in a file; `message` is what is said of it."""

    page: str
    line: int
    right: bool
    path: str
    code: str
    message: str = ""

    def brings(self, said: str) -> bool:
        """Tell whether what was said is the message; `…` stands for words of the example."""
        return re.fullmatch(re.escape(self.message).replace("…", ".+"), said) is not None

    def __str__(self) -> str:
        return f"{self.page}.md:{self.line}: {'right' if self.right else 'wrong'}"


def examples() -> list[Example]:
    """Return the examples of all pages, in their order."""
    found: list[Example] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in _FENCE.finditer(text):
            caption = _CAPTION.search(block["options"])
            if caption is None:
                continue
            if caption["message"]:
                found[-1] = found[-1]._replace(message=block["code"].strip())
            else:
                line = text.count("\n", 0, block.start()) + 1
                found.append(Example(page.stem, line, caption["verdict"] == "よい例", caption["path"], block["code"]))
    return found


def quoted() -> set[str]:
    """Return the messages that are quoted without an example."""
    blocks = (block for page in PAGES for block in _FENCE.finditer(page.read_text(encoding="utf-8")))
    return {
        block["code"].strip()
        for block in blocks
        if block.group().startswith("```{code-block} text\n") and ":caption:" not in block["options"]
    }


def prose() -> str:
    """Return what the pages say, without blocks of code."""
    return "\n".join(_BLOCK.sub("", page.read_text(encoding="utf-8")) for page in PAGES)
