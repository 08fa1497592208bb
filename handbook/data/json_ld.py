"""JSON-LD: the whole graph in one file, and what each page says of the records that it describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rdflib import RDF, XSD, Graph, Literal
from rdflib.plugins.serializers.jsonld import from_rdf

from handbook.data.graph import EDTF, SCHEMA
from handbook.translation.languages import web_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.data.graph import LinkedData
    from handbook.data.library import Library

#: What search engines read best: plain names, and addresses as plain strings.
_PAGE_CONTEXT = {"@vocab": str(SCHEMA), "xsd": str(XSD), "url": {"@type": "@id"}}


def whole_json_ld(data: LinkedData) -> str:
    """Return the whole graph as a JSON-LD document, one thing a line, in an order that depends on the data alone."""
    context = {prefix: str(namespace) for prefix, namespace in sorted(data.graph.namespaces()) if prefix}
    nodes = sorted(_nodes(data.graph, context), key=lambda node: str(node["@id"]))
    lines = (json.dumps(node, ensure_ascii=False, sort_keys=True) for node in nodes)
    return f'{{"@context": {json.dumps(context)},\n"@graph": [\n' + ",\n".join(lines) + "\n]}\n"


def page_json_ld(library: Library, data: LinkedData, language: str, records: Iterable[str]) -> str:
    """Return what a page of one language says of its records, for a `<script>` element; empty without records.

    This is a part of the graph: what schema.org can say, in the page's language,
    without the EDTF dates that search engines do not know. `<` is written so that
    no text can end the element.
    """
    graph = Graph(bind_namespaces="none")
    order: dict[str, int] = {}
    for record_id in records:
        for node in data.nodes.get(record_id, ()):
            order[str(node)] = len(order)
            for name, value in data.graph.predicate_objects(node):
                if name == RDF.type:
                    wanted = str(value).startswith(str(SCHEMA))
                elif name == SCHEMA.url:
                    wanted = str(value).startswith(library.published(f"{language}/"))
                else:
                    wanted = str(name).startswith(str(SCHEMA)) and _is_for(value, language)
                if wanted:
                    graph.add((node, name, value))
    if not order:
        return ""
    context = _PAGE_CONTEXT | {"@language": web_tag(language)}
    nodes = sorted(_nodes(graph, context), key=lambda node: order[str(node["@id"])])
    text = json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _is_for(value: Any, language: str) -> bool:
    """Tell whether readers of `language` need a value."""
    if not isinstance(value, Literal):
        return True
    if value.datatype == EDTF:
        return False
    return value.language in (None, web_tag(language).lower())


def _nodes(graph: Graph, context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the nodes of a graph, flat; values of one property in order."""
    found = from_rdf(graph, context_data=context, use_native_types=True)  # type: ignore[no-untyped-call]
    nodes = found.get("@graph", [found]) if isinstance(found, dict) else found
    return [
        {
            name: sorted(value, key=lambda item: json.dumps(item, sort_keys=True)) if isinstance(value, list) else value
            for name, value in node.items()
            if name != "@context"
        }
        for node in nodes
    ]
