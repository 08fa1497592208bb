"""Settings made once are the settings that MyST-Parser would have made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docutils.frontend
from docutils.parsers.rst import Parser
from myst_parser.mdit_to_docutils import base

from handbook.upstream.myst_settings import make_settings_once

if TYPE_CHECKING:
    import pytest

BASE: Any = base
STOCK: Any = docutils.frontend.get_default_settings


def shown(settings: object) -> dict[str, str]:
    return {name: repr(value) for name, value in vars(settings).items()}


def test_a_document_of_the_parser_has_docutils_own_settings_and_shares_them_with_no_other() -> None:
    make_settings_once()
    first, second = BASE.make_document().settings, BASE.make_document().settings
    assert shown(first) == shown(STOCK(Parser))
    first.strip_classes = ["changed"]
    assert shown(second) == shown(STOCK(Parser))


def test_another_version_of_the_parser_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BASE, "get_default_settings", STOCK)
    monkeypatch.setattr("myst_parser.__version__", "99.0")
    make_settings_once()
    assert BASE.get_default_settings is STOCK
