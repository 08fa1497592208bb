"""What the handbook knows: records (YAML) and sources (BibTeX), loaded and checked.

    base = load(Path("knowledge"))
    base.records["council"].name        # 'イクレイ議会'

This room knows nothing of Sphinx, of pages or of translation.
"""

from __future__ import annotations

from handbook.knowledge.base import SOURCES_FILE, KnowledgeBase, Message, load
from handbook.knowledge.dates import DatePoint, EdtfDate
from handbook.knowledge.kept import KEPT, load_kept
from handbook.knowledge.problems import ContentError, Problem, suggest
from handbook.knowledge.records import (
    COLLECTIONS,
    Body,
    Change,
    Conflict,
    Era,
    Figure,
    Milestone,
    Observation,
    Office,
    Partner,
    Programme,
    Record,
    Relation,
    Tenure,
    Term,
)
from handbook.knowledge.sources import Source
from handbook.knowledge.text_files import read_text

__all__ = [
    "COLLECTIONS",
    "KEPT",
    "SOURCES_FILE",
    "Body",
    "Change",
    "Conflict",
    "ContentError",
    "DatePoint",
    "EdtfDate",
    "Era",
    "Figure",
    "KnowledgeBase",
    "Message",
    "Milestone",
    "Observation",
    "Office",
    "Partner",
    "Problem",
    "Programme",
    "Record",
    "Relation",
    "Source",
    "Tenure",
    "Term",
    "load",
    "load_kept",
    "read_text",
    "suggest",
]
