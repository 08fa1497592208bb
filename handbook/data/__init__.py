"""The handbook as data: JSON, tables for spreadsheets, and linked data, from one knowledge base.

    library = Library(base, translations, homes, facts="2026-11-24")
    write(library, "ja", Path("build/site/ja/data"))

This room knows nothing of Sphinx: which page describes a record, and where the
site is published, is told to it.
"""

from __future__ import annotations

from handbook.data.files import DataFile, data_files, write
from handbook.data.graph import LinkedData, linked_data
from handbook.data.json_ld import page_json_ld
from handbook.data.library import Library

__all__ = ["DataFile", "Library", "LinkedData", "data_files", "linked_data", "page_json_ld", "write"]
