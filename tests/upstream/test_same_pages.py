"""With our changes to Sphinx and MyST-Parser, pages come out as without them, and for less work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import docutils.frontend
import myst_parser
import pytest
import sphinx
from docutils.frontend import get_default_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from myst_parser.mdit_to_docutils import base
from myst_parser.parsers import mdit, sphinx_
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.transforms import i18n
from sphinx.util import nodes as sphinx_nodes
from sphinx.util.docutils import sphinx_domains

from handbook.commands.project import Project
from handbook.upstream import myst_parsers, myst_settings, plain_messages, sphinx_debugging, sphinx_messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes

    from tests.conftest import Build, TinyProject

#: By module and name: Sphinx's and MyST-Parser's own, and how ours is put in its place.
CHANGES: list[tuple[Any, str, Any, Callable[[], None]]] = [
    (i18n, "_publish_msgstr", sphinx_messages._publish, sphinx_messages.parse_messages_once),
    (i18n, "_publish_msgstr", sphinx_messages._publish, plain_messages.take_plain_messages_as_they_are),
    (sphinx_nodes, "repr_domxml", sphinx_debugging._repr_domxml, sphinx_debugging.write_out_later),
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


@pytest.mark.parametrize(
    ("module", "name", "stock", "change"), CHANGES, ids=[change.__name__ for *_, change in CHANGES]
)
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


#: What may mean something in Markdown, or look like it, where a line begins, ends, or in the middle of it.
_PIECES = (
    *(
        "a",
        "é",
        "字",
        "あ",
        "12",
        "3.",
        "4)",
        " ",
        "  ",
        "\u3000",
        "\u00a0",
        ".",
        ",",
        ":",
        ";",
        "!",
        "?",
        "'",
        '"',
        "’",
        "“",
    ),
    *(
        "(",
        ")",
        "(a)=",
        "-",
        "- ",
        "--",
        "---",
        "+",
        "+++",
        "#",
        "# ",
        "=",
        "===",
        "@",
        "%",
        "/",
        ":::",
        ":a:",
        "…",
        "§1",
    ),
    *(
        "*",
        "_",
        "**",
        "`",
        "[",
        "]",
        "[^1]",
        "![",
        "<",
        ">",
        "<b>",
        "&",
        "&amp;",
        "{",
        "}",
        "{ref}`a`",
        "|",
        "~",
        "$",
        "\\",
    ),
    *("http://a.org", "www.a.org", "a@b.org", "(c)", "\n", "\t", "\x0c", "\u2028", "\x85", "\x00"),
)


def anatomy(node: nodes.Node) -> object:
    """Return all that a node says, and those in it."""
    said = {name: value for name, value in vars(node).items() if name not in ("parent", "children", "_document")}
    return type(node), node.astext(), repr(said), [anatomy(child) for child in node.children]


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join))
@settings(max_examples=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_message_without_markdown_is_the_paragraph_that_the_parser_would_make(run: dict[str, Any], text: str) -> None:
    def publish(*message: Any, **run: Any) -> Any:
        parsed.append(text)
        return sphinx_messages._publish(*message, **run)

    parsed: list[str] = []
    made = plain_messages._publishing(publish)(text, "index.md", 3, **run)

    if parsed:
        assert (
            set(text) & set("`*_~^$[]<>{}&|\\")
            or not text[0].isalpha()
            or re.search(r"[\x00-\x1f\x85\u2028]|\s$", text)
        )
    else:
        assert anatomy(made) == anatomy(sphinx_messages._publish(text, "index.md", 3, **run))


@pytest.fixture
def run(tiny_project: TinyProject) -> Iterator[dict[str, Any]]:
    """What Sphinx hands over with each message."""
    tiny_project.write("docs/index.md", "# 見出し\n")
    project = Project(tiny_project.root)
    with project.sphinx("html", "en", tiny_project.root / "out", tiny_project.root / "trees") as app:
        app.build()
        values = get_default_settings(MystParser)  # type: ignore[arg-type]  # a class will do
        values.env = app.env
        vars(values).update(app.env.settings)
        app.env.prepare_settings("index")
        with sphinx_domains(app.env):
            yield {"config": app.config, "env": app.env, "registry": app.registry, "settings": values}


def test_with_settings_that_make_more_of_text_all_messages_are_parsed(run: dict[str, Any]) -> None:
    run["env"].myst_config.enable_extensions.add("smartquotes")
    text = 'It\'s "plain" text'
    made = plain_messages._publishing(sphinx_messages._publish)(text, "index.md", 3, **run)
    assert anatomy(made) == anatomy(sphinx_messages._publish(text, "index.md", 3, **run))


def test_one_parser_serves_a_page_and_its_messages(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch, myst_parsers, "create_md_parser")

    myst_parsers.make_parsers_once()
    project.build("en")

    # The page has front matter, and so a configuration of its own.
    assert len(made) == 2


@pytest.mark.parametrize(
    ("module", "name", "stock", "change"), CHANGES, ids=[change.__name__ for *_, change in CHANGES]
)
def test_other_versions_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, stock: Any, change: Callable[[], None]
) -> None:
    monkeypatch.setattr(module, name, stock)
    monkeypatch.setattr(myst_parser, "__version__", "99.0")
    monkeypatch.setattr(sphinx, "version_info", (99, 0, 0, "final", 0))

    change()

    assert getattr(module, name) is stock
