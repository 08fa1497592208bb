"""Keeps MyST-Parser from building docutils' default settings anew for each message of a catalogue, and throwing them away.

MyST-Parser 5.2.0 reads `options.get("document", make_document())`, and Python makes the default before it asks whether
there is need of it: for every page and every translated message, 70 options of docutils are defined and parsed. That is
half the time of reading a translated page. Here the settings are made once and handed out as copies, so a document that
is needed after all gets the same as before.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

import myst_parser
from docutils.frontend import get_default_settings
from myst_parser.mdit_to_docutils import base

if TYPE_CHECKING:
    from docutils.frontend import Values

#: The version whose code was read.
KNOWN = "5.2.0"

_made_once = cache(get_default_settings)


def _settings(*components: Any) -> Values:
    settings = copy.copy(_made_once(*components))
    for name, value in vars(settings).items():
        # The rest are numbers, texts and the like, which nobody can change in place.
        if isinstance(value, list | dict) or name == "record_dependencies":
            setattr(settings, name, copy.deepcopy(value))
    return settings


def make_settings_once() -> None:
    """Let MyST-Parser take its default settings from here."""
    if myst_parser.__version__ == KNOWN:
        base.get_default_settings = _settings  # type: ignore[attr-defined]  # imported there, not exported
