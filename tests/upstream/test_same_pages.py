"""With our changes to Sphinx and MyST-Parser, pages come out as without them, and for less work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docutils.frontend
import myst_parser
import pytest
import sphinx
from myst_parser.mdit_to_docutils import base
from myst_parser.parsers import mdit, sphinx_
from sphinx.transforms import i18n

from handbook.upstream import myst_parsers, myst_settings, sphinx_messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Build, TinyProject

#: By module and name: Sphinx's and MyST-Parser's own, and how ours is put in its place.
CHANGES: list[tuple[Any, str, Any, Callable[[], None]]] = [
    (i18n, "_publish_msgstr", sphinx_messages._publish, sphinx_messages.parse_messages_once),
    (sphinx_, "create_md_parser", mdit.create_md_parser, myst_parsers.make_parsers_once),
    (base, "get_default_settings", docutils.frontend.get_default_settings, myst_settings.make_settings_once),
]

PAGE = """
---
myst:
  html_meta:
    description: 説明の文です。
---
(top)=
# 見出し

段落です[^note]。{ref}`見出し <top>`、`code`、**強調**、[リンク](https://example.org)があります{cite}`a`。

(second)=
## 見出し

[^note]: 注です。

| 名前 | 数 |
|---|---|
| 同じ | 同じ |
| 同じ | 違う |

```{list-table} 同じ
* - 同じ
```

```{list-table} 同じ
* - 同じ
```

:::{admonition} 同じ
同じ

- 項目です。
- 訳のない項目です。
:::

言葉
: 意味です。

```{glossary}
用語
  用語の説明です。
```

> 引用です。

{term}`用語`です。

![絵](picture.svg)

```{figure} picture.svg
:alt: 同じ

同じ
```

```{eval-rst}
段落です。
```

```{bibliography}
```
"""

ENGLISH = {
    "説明の文です。": "A description.",
    "見出し": "Heading",
    "段落です[^note]。{ref}`見出し <top>`、`code`、**強調**、[リンク](https://example.org)があります{cite}`a`。": (
        "A [link](https://example.org), `code`, {ref}`heading <top>`, **stress** and a note[^note] {cite}`a`."
    ),
    "注です。": "A note.",
    "名前": "Name",
    "数": "Number",
    "同じ": "Same",
    "違う": "違う",
    "項目です。": "An item.",
    "言葉": "Word",
    "意味です。": "Meaning.",
    "用語": "Term",
    "用語の説明です。": "What the term means.",
    "引用です。": "A quotation.",
    "{term}`用語`です。": "It is a {term}`Term <用語>`.",
    "絵": "Picture",
    "段落です。": "A paragraph.",
}


@pytest.fixture
def project(tiny_project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> TinyProject:
    """A page with a message of every kind. Whatever the test changes is changed back."""
    for module, name, stock, _ in CHANGES:
        monkeypatch.setattr(module, name, stock)
    tiny_project.source("a")
    tiny_project.write("docs/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    tiny_project.write("docs/index.md", PAGE)
    tiny_project.catalogue("index", ENGLISH)
    return tiny_project


def shape(build: Build) -> tuple[str, list[str]]:
    """Return all that comes of a page: its tree, and what was said of it."""
    return build.doctree().pformat(), build.warnings


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[tuple[Any, ...]]:
    """Note the arguments of each call of a function of the library."""
    calls: list[tuple[Any, ...]] = []
    function = getattr(module, name)

    def call(*arguments: Any, **more: Any) -> Any:
        calls.append(arguments)
        return function(*arguments, **more)

    monkeypatch.setattr(module, name, call)
    return calls


@pytest.mark.parametrize(("module", "name", "stock", "change"), CHANGES, ids=[name for _, name, _, _ in CHANGES])
def test_a_page_with_messages_of_every_kind_comes_out_the_same(
    project: TinyProject, module: Any, name: str, stock: Any, change: Callable[[], None]
) -> None:
    expected = shape(project.build("en"))
    (project.root / "build/en/html-doctrees/environment.pickle").unlink()

    change()

    assert getattr(module, name) is not stock
    assert shape(project.build("en")) == expected
    assert "What the term means." in expected[0]


def test_each_message_is_parsed_once(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = counted(monkeypatch, sphinx_.MystParser, "parse")
    project.build("en")
    assert [text for _, text, *_ in parsed].count("A quotation.") == 2, "stock Sphinx parses it twice"
    (project.root / "build/en/html-doctrees/environment.pickle").unlink()
    parsed.clear()

    sphinx_messages.parse_messages_once()
    project.build("en")

    assert [text for _, text, *_ in parsed].count("A quotation.") == 1


def test_one_parser_serves_a_page_and_its_messages(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch, myst_parsers, "create_md_parser")

    myst_parsers.make_parsers_once()
    project.build("en")

    # The page has front matter, and so a configuration of its own.
    assert len(made) == 2


@pytest.mark.parametrize(("module", "name", "stock", "change"), CHANGES, ids=[name for _, name, _, _ in CHANGES])
def test_other_versions_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, stock: Any, change: Callable[[], None]
) -> None:
    monkeypatch.setattr(module, name, stock)
    monkeypatch.setattr(myst_parser, "__version__", "99.0")
    monkeypatch.setattr(sphinx, "version_info", (99, 0, 0, "final", 0))

    change()

    assert getattr(module, name) is stock
