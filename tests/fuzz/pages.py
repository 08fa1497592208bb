"""A page that uses all that a writer can type, and what else somebody might type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils.parsers.rst.languages import en
from hypothesis import strategies as st
from sphinx.domains.std import StandardDomain

from tests.fuzz.mutations import values

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

#: Records for the page: `knowledge/*.yaml`.
RECORDS = {
    "bodies": "- {id: council, name: 議会, summary: 代表です。, sources: [a], function: decides}\n",
    "eras": "- {id: era-one, name: 設立の時代, date: 1989/1992, summary: 始まりです。, sources: [a]}\n",
    "milestones": "- {id: congress, name: 会議, date: 1990-09-05, era: era-one, summary: 始まり。, sources: [a]}\n",
    "figures": """\
- id: members
  name: 会員の数
  pattern: "{value}の自治体"
  observations:
    - {value: 2500, qualifier: more-than, as_of: 2025-09, sources: [a]}
    - {value: 1200, as_of: 2012-03, sources: [a]}
""",
}

PAGE = """\
---
myst:
  html_meta:
    description: 説明の文です。
---

(topic)=
# 題名

本文で、{record}`council`と{record}`別の名 <council>`、{figure}`members`、{value}`members@2012-03`を{date}`congress`に示します{cite}`a`。

(topic-part)=
## 節

- [題名へ](#topic)と{ref}`題名 <topic>`、[外](https://example.org/)、[ページ](index.md)
- **強調**と`コード`、[English]{.language-en}

| 列 | 列 |
|---|---:|
| {year}`congress` | 2 |

:::{note}
注記です。
:::

```{record} council
```

```{observations} members
```

```{record-table} milestone
:anchors:
:columns: name, date, sources
:where: era=era-one
:caption: 出来事
```

```{chart} members
:alt: 図
:caption: 会員
```

```mermaid
---
name: steps
alt: 流れ
---
flowchart LR
  a["始め"] --> b["終わり"]
```

```{code-block} python
:caption: 例
print(1)
```

用語
: 説明

注[^1]です。

[^1]: 脚注です。

![絵](_pictures/picture.svg)
"""

SNIPPETS = (
    "```{include} page.md\n```",
    "```{include} ../../../../../../etc/passwd\n```",
    "```{include} /etc/passwd\n```",
    "```{literalinclude} /etc/passwd\n```",
    "```{literalinclude} ../../../../../../../../etc/passwd\n```",
    "```{literalinclude} ../conf.py\n:lines: 9-1, x\n```",
    "```{literalinclude} ../conf.py\n:pyobject: nothing\n:diff: /etc/passwd\n```",
    "```{figure} ../../../../../../../../etc/passwd\n:alt: x\n```",
    "```{image} /etc/passwd\n```",
    "![x](../../../../../../../../etc/hostname)",
    "{download}`../../../../../../../../etc/passwd`",
    "```{csv-table} x\n:file: /etc/passwd\n```",
    "```{csv-table}\n:widths: 1,2\na\n```",
    "```{raw} html\n:file: /etc/passwd\n```",
    "```{raw} html\n<script>alert(1)</script>\n```",
    "```{eval-rst}\n.. raw:: html\n\n   <script>\n```",
    "```{eval-rst}\n.. include:: /etc/passwd\n\n*unclosed\n```",
    "<script>alert(1)</script>",
    "<div>\n\n本文\n\n</div",
    "<!-- 注 -->",
    *("`" * (60 - depth) + "{note}" for depth in range(0, 50, 10)),
    "\n".join(":" * (60 - depth) + "{note}" for depth in range(50)),
    "> " * 300 + "深い",
    "- " * 300 + "深い",
    "[" * 500 + "x" + "](y)" * 500,
    "*" * 3_000 + "x",
    "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 500,
    "| a |" + " b |" * 300 + "\n|" + "---|" * 301,
    "```{table} x\n:widths: a b\n| a |\n```",
    "```{list-table}\n- a\n```",
    "```{toctree}\npage\nnowhere\n*\n```",
    "```{toctree}\n:glob:\n:maxdepth: x\n../*\n```",
    "```{nonsense} x\n:y: z\n```",
    "{nonsense}`x`",
    "{record}``",
    "{record}`<>`",
    "{figure}`members@`",
    "{date}`congress.`",
    "{cite}`a,,b`",
    "{ref}`nowhere <>`",
    "{math}`\\frac{`",
    "$$\n\\begin{a}\n$$",
    "```{math}\n:label: a\n\\frac{\n```",
    "(topic)=",
    "(a b\tc)=\n## x",
    "()=",
    "# 題名\n# 題名\n#### 題名",
    "[^1]: [^1]",
    "[^2]: 使わない",
    "[a]: <b\n[a]: c",
    "{#topic .a key=x}",
    '[x]{#topic .a lang="}',
    "---\n- a: *b\n---",
    "{{ key }} {{ 1/0 }} {% raw %}",
    '+++ {"a": }',
    "% 注",
    "```mermaid\nflowchart LR\n```",
    "```mermaid\n---\nname: steps\nalt: 別\n---\nnonsense {{{\n```",
    "```mermaid\n---\nname: [a]\nalt: {b: c}\n---\n```",
    "```{mermaid} /etc/passwd\n:name: x\n:alt: y\n```",
    "```{chart} council\n```",
    "```{count-chart} milestone\n:by: date\n```",
    "```{count-chart} nothing\n```",
    "```{timeline} council\n```",
    "```{record-table} milestone\n:sort: sources\n```",
    "```{record-table} milestone\n:where: =,|,\n:columns: ,\n```",
    "```{bibliography}\n:filter: 1/0\n:list: x\n```",
    "```{bibliography}\n:filter: __import__('os')\n```",
    "```{code-block} nonsense\n:emphasize-lines: 9-1,x\n:lineno-start: -1\n:dedent: 9999999999\n```",
    "```{figure-md}\n```",
    "```{only} (\nx\n```",
    "```{index} single: ; ;\n```",
    "```{glossary}\n x\n```",
    "```{default-role} nonsense\n```",
    "```{role} a(b)\n```",
    "```{date} %Y\n```",
    "```{replace} x\n```",
    "```{unicode} 0x110000\n```",
    "```{class}\n```",
    "```{container} " + "a " * 2_000 + "\n```",
    "```{parsed-literal}\n|x|\n```",
    "```{highlight} x\n:force:\n:linenothreshold: x\n```",
)

NAMES = sorted(
    {
        *en.directives,
        *StandardDomain.directives,
        *("toctree", "code-block", "literalinclude", "only", "index", "centered", "acks", "hlist", "tabularcolumns"),
        *(
            "versionadded",
            "seealso",
            "cssclass",
            "rst-class",
            "figure",
            "csv-table",
            "bibliography",
            "footbibliography",
        ),
        *("mermaid", "autoclasstree", "record", "record-table", "record-list", "observations", "conflict-list"),
        *("record-index", "term-list", "data-files", "key-figures", "changes", "translation-status", "hierarchy"),
        *("timeline", "chart", "count-chart", "downloads", "feed-link", "py:function", "js:module", "c:struct"),
    }
)
OPTIONS = (
    *("alt", "caption", "name", "class", "width", "height", "scale", "align", "figwidth", "target", "lines", "file"),
    *("where", "columns", "sort", "by", "anchors", "language", "maxdepth", "glob", "widths", "header-rows", "encoding"),
    *("start-line", "dedent", "filter", "style", "list", "zoom", "config", "title", "term", "delim", "url", "figclass"),
)
ROLES = sorted(
    {*en.roles, *StandardDomain.roles, "record", "figure", "value", "date", "year", "cite", "cite:t", "footcite"}
    | {"doc", "download", "any", "abbr", "guilabel", "file", "rfc", "pep", "external+x:ref", "eq", "numref", "py:func"}
)
ARGUMENTS = (
    st.sampled_from(("council", "members", "congress", "era-one", "milestone", "index", "a", "topic")) | values()
)


@st.composite
def directives(draw: DrawFn) -> str:
    """Draw a directive that may exist, with an argument, options and a content that may be meant for it."""
    options = draw(st.dictionaries(st.sampled_from(OPTIONS), ARGUMENTS, max_size=3))
    fence = draw(st.sampled_from(("```", ":::")))
    lines = [f"{fence}{{{draw(st.sampled_from(NAMES))}}} {draw(ARGUMENTS)}"]
    lines += [f":{name}: {value}" for name, value in options.items()]
    lines += ["", *draw(st.lists(ARGUMENTS | st.sampled_from(SNIPPETS), max_size=2)), fence]
    return "\n".join(lines)


@st.composite
def roles(draw: DrawFn) -> str:
    """Draw a sentence with a role that may exist, and a text that may be meant for it."""
    return f"文の{{{draw(st.sampled_from(ROLES))}}}`{draw(ARGUMENTS)}`です。"


@st.composite
def strange_pages(draw: DrawFn) -> bytes:
    """Draw a page of directives and roles."""
    parts = draw(st.lists(directives() | roles() | st.sampled_from(SNIPPETS), min_size=1, max_size=4))
    return "\n\n".join(["(topic)=", "# 題名", *parts]).encode(errors="replace")
