"""Publishes the data: files beside the pages, and JSON-LD inside them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes

from handbook.content.address import published
from handbook.content.data_files import FOLDER
from handbook.content.domain import record_domain
from handbook.content.editions import edition_of, locale_dir_of
from handbook.content.vocabulary import WORDS
from handbook.data import Library, LinkedData, linked_data, page_json_ld, write
from handbook.diagrams.sources import VERBS
from handbook.translation import INTERFACE, KNOWLEDGE, Translation
from handbook.translation.languages import languages_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


#: Made once for a run.
_libraries: WeakKeyDictionary[Sphinx, Library] = WeakKeyDictionary()
#: The same with all linked data, for a run that writes the files; empty if they say what they would say.
_made: WeakKeyDictionary[Sphinx, list[LinkedData]] = WeakKeyDictionary()


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the data files of this edition, unless they say what they would say (event `build-finished`)."""
    if exception or app.builder.name != "html":
        return
    for data in _data_to_write(app):
        folder = Path(app.outdir, FOLDER)
        write(_library_of(app), edition_of(app).language, folder, data)
        _state_file(app).write_text(_state(app, folder), encoding="utf-8")


def _data_to_write(app: Sphinx) -> list[LinkedData]:
    """Return what the files will hold, or nothing if they hold it; call it only when all pages have been read."""
    if app not in _made:
        file = _state_file(app)
        current = file.exists() and file.read_text(encoding="utf-8") == _state(app, Path(app.outdir, FOLDER))
        _made[app] = [] if current else [linked_data(_library_of(app))]
    return _made[app]


def _state_file(app: Sphinx) -> Path:
    return Path(app.doctreedir, "data.state")


def _state(app: Sphinx, folder: Path) -> str:
    """Return a fingerprint of what the files are made from, and of the files."""
    config, state = app.config, hashlib.sha256()
    made_from: list[object] = [
        sorted(app.env.version.items()),
        config.release,
        config.handbook_base_url,
        edition_of(app).base.state,
        sorted((record_id, home.docname, home.anchor) for record_id, home in record_domain(app.env).homes.items()),
        [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(folder.glob("*"))],
    ]
    state.update(repr(made_from).encode())
    catalogues = [*locale_dir_of(app).rglob(f"{KNOWLEDGE}.po"), *locale_dir_of(app).rglob(f"{INTERFACE}.po")]
    for file in sorted(catalogues):
        state.update(f"{file}\n".encode(errors="surrogateescape") + file.read_bytes())
    return state.hexdigest()


def add_linked_data(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template the records of the page as JSON-LD (event `html-page-context`)."""
    if app.builder.name != "html":
        return
    here = {record_id for record_id, home in record_domain(app.env).homes.items() if home.docname == pagename}
    if not here:
        return
    library = _library_of(app)
    # In the order of the knowledge base: the order of a domain depends on what was built before.
    records = [record_id for record_id in library.base.records if record_id in here]
    # Where all has been made, the part is there; for a page or two, the part is quicker made by itself.
    (data,) = _data_to_write(app) or [linked_data(library, records)]
    context["linked_data"] = page_json_ld(library, data, edition_of(app).language, records)


def keep_links_to_data_alive(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Where the files do not stand beside the pages, in books, link to the site or not at all (`doctree-resolved`)."""
    if app.builder.name == "html":
        return
    for link in [node for node in doctree.findall(nodes.reference) if "data_file" in node]:
        if address := published(app, f"{FOLDER}/{link['data_file']}"):
            link["refuri"] = address
        else:
            link.replace_self(link.children)


def _library_of(app: Sphinx) -> Library:
    """Return what is exported; call it only when all pages have been read."""
    if app not in _libraries:
        edition = edition_of(app)
        source_language = edition.translation.source_language
        locale_dir = locale_dir_of(app)
        _libraries[app] = Library(
            edition.base,
            {
                language: Translation.load(locale_dir, language=language, source_language=source_language)
                for language in languages_of(locale_dir, source_language)
            },
            {
                record_id: f"{app.builder.get_target_uri(home.docname)}#{home.anchor}"
                for record_id, home in record_domain(app.env).homes.items()
                if record_id in edition.base.records
            },
            facts=app.config.release,
            address=app.config.handbook_base_url,
            words=WORDS | {verb: one for verb, (one, _) in VERBS.items()},
        )
    return _libraries[app]
