"""The numbers that Sphinx gives to sections (`:numbered:`) and to figures, tables and listings (`numfig`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.domains.std import StandardDomain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Element
    from sphinx.builders import Builder


def section_number(builder: Builder, docname: str, section: Element) -> str:
    """Return the number of a section, or nothing if it has none."""
    numbers = builder.env.toc_secnumbers.get(docname, {})
    for identifier in section["ids"]:
        if number := numbers.get(f"#{identifier}"):
            return _written(number)
    # The first section of a page has the number of the page.
    is_first = section.parent is not None and section.parent.tagname in ("document", "start_of_file")
    return _written(numbers.get("", ())) if is_first else ""


def caption_number(builder: Builder, docname: str, shown: Element) -> str:
    """Return what stands before a caption, `Fig. 3` for example, or nothing if such things have no numbers."""
    domain = builder.env.domains.standard_domain
    assert isinstance(domain, StandardDomain)
    kind = domain.get_enumerable_node_type(shown)
    if not builder.config.numfig or kind is None:
        return ""
    numbers = builder.env.toc_fignumbers.get(docname, {}).get(kind, {})
    number = next((numbers[identifier] for identifier in shown["ids"] if identifier in numbers), None)
    return str(builder.config.numfig_format[kind] % _written(number)) if number else ""


def _written(number: Iterable[int]) -> str:
    return ".".join(map(str, number))
