"""The page on what we rely on inside libraries names all of it, and nothing that is not there."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.conftest import ROOT
from tests.contributing.guide import GUIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (GUIDE / "leaning-on-libraries.md").read_text(encoding="utf-8")
#: Private by their names only: `NamedTuple` and `os` offer these to everybody.
_OFFERED = {"_asdict", "_exit", "_fields", "_make", "_replace"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in {"_", *_OFFERED}


def own_names(tree: ast.AST) -> set[str]:
    """Return the names of functions, classes and attributes of `self` that a module makes itself."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            names.add(node.attr)
    return names


def insides(code: str) -> Iterator[str]:
    """Yield the private names of others that code uses, and what it puts in the place of something in another module."""
    tree = ast.parse(code)
    own, imported = own_names(tree), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            imported |= {alias.asname or alias.name for alias in node.names}
            path = (getattr(node, "module", None) or "").split(".")
            yield from (part for name in (*names, *path) for part in name.split(".") if is_private(part))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            stored = isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id in imported
            if stored or (is_private(node.attr) and node.attr not in own):
                yield node.attr


def test_private_names_and_replaced_functions_are_found_and_our_own_are_not() -> None:
    assert list(insides("import a\na._b()\n")) == ["_b"]
    assert list(insides("class A(B):\n    def run(self):\n        self._theirs.go()\n")) == ["_theirs"]
    assert list(insides("from a import b\nb.make = 1\n")) == ["make"]
    assert list(insides("from a import _b\n")) == ["_b"]
    assert list(insides("class A:\n    def run(self):\n        self._own = 1\n        return self._own\n")) == []
    assert list(insides("from a import _\nx._replace(y=_('z'))\n")) == []


def test_every_module_that_uses_a_private_name_of_a_library_is_on_the_page() -> None:
    found: dict[Path, set[str]] = {}
    for file in sorted((ROOT / "handbook").rglob("*.py")):
        if names := set(insides(file.read_text(encoding="utf-8"))):
            found[file.relative_to(ROOT)] = names
    assert found
    assert {str(file): names for file, names in found.items() if f"`{file.as_posix()}`" not in PAGE} == {}


def test_every_change_to_a_library_is_on_the_page() -> None:
    changes = sorted((ROOT / "handbook/upstream").glob("[!_]*.py"))
    assert changes
    assert [file.name for file in changes if f"`handbook/upstream/{file.name}`" not in PAGE] == []


def test_every_file_that_the_page_names_exists() -> None:
    files = re.findall(r"`((?:handbook|tests)/[\w./-]+)`", PAGE)
    assert len(files) > 50
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_every_test_that_the_page_names_is_in_its_file() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`：`(test_\w+)`", PAGE)
    assert len(named) > 30
    assert len(named) == len(re.findall(r"`test_\w+`", PAGE)), "a test is named without its file"
    gone = [(file, name) for file, name in named if f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")]
    assert gone == []
