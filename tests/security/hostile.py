"""A small handbook of which everything that contributors type is hostile, and says where it stands.

What records hold is made from their types, so a field that comes to be is hostile, too. Nothing here should be
refused: it is text that somebody could have reason to write, in the right places.
"""

from __future__ import annotations

import json
import re
import types
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from pydantic import StringConstraints

from handbook.knowledge import EdtfDate, load
from handbook.knowledge.records import RECORD_TYPES, Part
from tests.conftest import ROOT, TinyProject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.knowledge import Record

#: Ways out of text, attributes, scripts, comments, templates, Markdown and Typst; each has done harm somewhere.
WAYS_OUT = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<iframe src=https://evil.invalid/></iframe>",
    "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>",
    "<style>*{background:url(https://evil.invalid/a.png)}</style>",
    "<meta http-equiv=refresh content=0;url=https://evil.invalid>",
    "</title></textarea></noscript>",
    "]]>",
    "<!--",
    "{{7*7}}",
    "{%raw%}",
    "${7*7}",
    "&lt;b&gt;&#x3c;",
    "[a](javascript:alert(1))",
    "![a](https://evil.invalid/b.png)",
    "data:text/html;base64,PHNjcmlwdD4=",
    '#image("/etc/passwd")',
    "#sys.inputs",
    "\\u{41}\\",
    "$x$ @x `x` <x> /* */ //",
    '"; alert(1); "',
)
ALL = " ".join(WAYS_OUT)
#: Without what stands for something in patterns.
IN_PATTERNS = re.sub(r"[{}%]", "", ALL)
SHORT = "<b onclick=alert(1)>\"'><script>alert(1)</script>#image(x)]</b>"

BODY = "hostile-bodies"
#: Text that is no part of anything else, for the records that fields name.
_NAMED = {"era": "hostile-eras", "partners": "hostile-partners", "group": "group", "key": "key"}
_LETTERS = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~$&:'\"=/@^%;?,]")


def in_markdown(text: str) -> str:
    """Return Markdown that means nothing but this text."""
    return _LETTERS.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))


# -- records -----------------------------------------------------------------------------------------------------------


def record_of(record_type: type[Record]) -> dict[str, Any]:
    """Return a record of which every text is hostile, as its file has it."""
    return _part(record_type, record_type.collection) | {"id": f"hostile-{record_type.collection}"}


def _part(part: type[Part], place: str) -> dict[str, Any]:
    return {
        name: _value(field.annotation, name, f"{place}.{name}", field.metadata)
        for name, field in part.model_fields.items()
    }


def _value(annotation: Any, name: str, place: str, metadata: list[Any]) -> Any:
    """Return a value for a field: hostile if it is text, else one that its type takes."""
    if hasattr(annotation, "__metadata__"):
        return _value(annotation.__origin__, name, place, [*metadata, *annotation.__metadata__])
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        first = next(one for one in get_args(annotation) if one is not type(None))
        return _value(first, name, place, metadata)
    if origin is list:
        return [_value(get_args(annotation)[0], name, place, [])]
    if origin is Literal:
        return get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _part(annotation, place)
    if annotation is EdtfDate:
        return "2020-01-02"
    if annotation is bool:
        return "true" if name == "in_timeline" else "false"
    if annotation in (int, float):
        return "5"
    assert annotation is str, f"no hostile value for {place}: {annotation}"
    return _text(name, place, metadata)


def _text(name: str, place: str, metadata: list[Any]) -> str:
    if name == "sources":
        return "source"
    patterns = [str(it.pattern) for it in metadata if isinstance(it, StringConstraints) and it.pattern]
    hostile = f"{place} {ALL}"
    if all(re.search(pattern, hostile) for pattern in patterns):
        return hostile
    # Where a type allows little, hostile text is refused already.
    for allowed in (f"{place} {IN_PATTERNS} {{value}}", _NAMED.get(name, BODY), "かな"):
        if all(re.search(pattern, allowed) for pattern in patterns):
            return allowed
    raise AssertionError(f"no value for {place}: {patterns}")


def texts_of(value: Any) -> Iterator[str]:
    """Yield the hostile texts of a record."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, str) and "alert(1)" in value:
        yield value


# -- the project -------------------------------------------------------------------------------------------------------

SOURCE = """@online{source,
  title = {Title %(text)s},
  publisher = {Publisher %(text)s},
  url = {https://example.org/'onmouseover='alert(1)'/a(b)?c=1&d=%%3Cscript%%3E},
  urldate = {2026-11-24},
  langid = {english},
  note = {Note %(text)s},
}
"""
RECORDS = """# 記録

```{record-index}
:kinds: body, tenure, office, milestone, programme, partner
```

```{term-list}
```

```{changes}
```

```{hierarchy}
```

```{timeline} hostile-eras
```

```{chart} hostile-figures
:caption: %(text)s
:alt: %(text)s
```

```{observations} hostile-figures
```

```{count-chart} office
:by: country
:caption: %(text)s
:alt: %(text)s
```

```{conflict-list}
```

```{key-figures} hostile-figures
```

```{data-files}
```

```{translation-status}
```

%(records)s

{figure}`hostile-figures`、{record}`%(wording)s <hostile-bodies>`{cite}`source`
"""
PAGE = """---
myst:
  html_meta:
    description: %(quoted)s
---
# 題名 %(text)s

(heading)=
## 見出し %(text)s

本文 %(text)s [%(text)s](#heading "%(text)s")

- `%(code)s`

```{code-block} text
:caption: %(text)s
%(plain)s
```

| 列 %(text)s | 次 |
|---|---|
| セル %(text)s | `%(cell)s` |

```{list-table} 表の題 %(text)s
* - 項目 %(text)s
```

:::{note}
注意 %(text)s
:::

```{figure} dot.png
:alt: 写真 %(plain)s

写真の題 %(text)s
```

```{mermaid}
---
name: steps
alt: 図 %(label)s
caption: 図の題 %(text)s
---
flowchart TD
  a["箱 %(label)s"] --> b["次 %(label)s"]
```

語 %(text)s
: 説明 %(text)s

本文[^1]

[^1]: 注 %(text)s
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
INDEX = "# 手引き %(text)s\n\n```{toctree}\n題 %(entry)s <page>\nrecords\nsources\nreference/about-this-handbook\n```\n"


def make_hostile(project: TinyProject) -> list[str]:
    """Make everything in a project hostile, with an English translation; return the texts of the records."""
    use_site(project)
    records = {record_type: record_of(record_type) for record_type in RECORD_TYPES}
    for record_type, record in records.items():
        listed = [record]
        if record_type.collection == "bodies":
            listed = [record | {"part_of": "top"}, record | {"id": "top", "part_of": None}]
        if record_type.collection == "figures":
            # A chart needs two values.
            [first] = record["observations"]
            listed = [record | {"observations": [first, first | {"as_of": "2019", "key": "earlier"}]}]
        listed = [{name: value for name, value in one.items() if value is not None} for one in listed]
        # JSON is YAML, and can say every character.
        project.write(f"knowledge/{record_type.collection}.yaml", json.dumps(listed))
    latex = re.sub(r"[\\{}$%~^#&_`]", "", ALL)
    project.write("knowledge/sources.bib", SOURCE % {"text": latex})
    plain = " ".join(ALL.split())
    texts = {
        "text": in_markdown(ALL),
        "plain": plain.replace("<x>", ""),
        # With an address in its title, Sphinx takes an entry for a link to another site.
        "entry": plain.replace("://", ":"),
        "quoted": json.dumps(plain, ensure_ascii=False),
        "code": plain.replace("`", ""),
        "cell": plain.replace("`", "").replace("|", ""),
        "label": re.sub('["`#]', "", plain),
        "wording": re.sub(r"[<>`]", "", plain),
    }
    # The other types are described by directives of their own.
    others = ("figures", "conflicts", "terms", "changes")
    ids = ["top", *(record["id"] for record_type, record in records.items() if record_type.collection not in others)]
    described = "\n\n".join(f"```{{record}} {record_id}\n```" for record_id in ids)
    project.write("docs/records.md", RECORDS % (texts | {"records": described}))
    project.write("docs/page.md", PAGE % texts)
    project.write("docs/index.md", INDEX % texts)
    project.write("docs/sources.md", "# 出典\n\n```{bibliography}\n```\n")
    project.write("docs/reference/about-this-handbook.md", "# 本書について\n\n本文です。\n")
    moved = {"old": "page", "page#gone'\"><b onclick=alert(1)>": "page"}
    project.write("docs/redirects.yaml", json.dumps(moved))
    (project.root / "docs/dot.png").write_bytes(PNG)
    _translate(project)
    return [text for record in records.values() for text in texts_of(record)]


def use_site(project: TinyProject) -> None:
    """Let a project have the whole handbook's extension and looks."""
    conf = project.root / "conf.py"
    text = conf.read_text(encoding="utf-8")
    text = re.sub(r"^extensions = .*$", 'extensions = ["myst_parser", "handbook"]', text, flags=re.MULTILINE)
    text = text.replace('html_theme = "basic"', 'html_theme = "furo"').replace('mermaid_output_format = "raw"\n', "")
    conf.write_text(text + 'html_show_sphinx = False\nmermaid_output_format = "svg"\n', encoding="utf-8")
    for name in ("page.html", "search.html"):
        (project.root / "templates" / name).unlink()


def _translate(project: TinyProject) -> None:
    """Write hostile catalogues: of the records, of our own words, and of a page."""
    base = load(project.root / "knowledge", project=project.root)
    messages = {text for record in base.records.values() for _, text in record.messages()}
    _catalogue(project.root, "knowledge", {text: f"en {text}" for text in messages})
    with (ROOT / "locales/en/LC_MESSAGES/handbook.po").open(encoding="utf-8") as stream:
        own = read_po(stream)
    for message in own:
        if message.id and message.string and isinstance(message.string, str):
            message.string += f" {SHORT}"
    _write(project.root, "handbook", own)
    _catalogue(project.root, "reference/about-this-handbook", {"本文です。": f"Text {in_markdown(ALL)}"})


def _catalogue(root: Path, domain: str, messages: dict[str, str]) -> None:
    catalogue = Catalog("en")
    for source, translation in messages.items():
        catalogue.add(source, translation)
    _write(root, domain, catalogue)


def _write(root: Path, domain: str, catalogue: Catalog) -> None:
    file = root / f"locales/en/LC_MESSAGES/{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=0)
