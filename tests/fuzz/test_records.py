"""Records (`knowledge/*.yaml`): whatever is typed there is loaded, or told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.knowledge import COLLECTIONS, ContentError, load
from tests.conftest import ROOT
from tests.fuzz.judging import assert_can_be_acted_on, cases, folder, time_limit
from tests.fuzz.mutations import excerpts, harmless, mutated, values

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

TEXTS = {name: (ROOT / f"knowledge/{name}.yaml").read_text(encoding="utf-8") for name in COLLECTIONS}
BOMB = "\n".join(["- &a0 [lol]", *(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))])
SNIPPETS = (
    BOMB,
    "- " * 1_000,
    "{" * 5_000,
    "[" * 5_000,
    "- {id: &a a, name: *a}",
    "  <<: *base",
    "  <<: {name: 名}",
    "  ? {a: b}\n  : c",
    "  !!python/object/apply:os.system ['true']: a",
    "  date: !!timestamp 2001-01-01",
    "  name: |\n    一\n    二",
    "  name: >-\n    一\n\n\n    二",
    "%YAML 9.9\n---",
    "---",
    "...",
    "- id: a\n  id: b",
    "- 1: 2",
    "- null",
)


def judge(name: str, data: bytes) -> None:
    with folder() as root:
        (root / "knowledge").mkdir()
        (root / f"knowledge/{name}.yaml").write_bytes(data)
        try:
            with time_limit():
                base = load(root / "knowledge")
                list(base.messages())
        except ContentError as error:
            assert_can_be_acted_on(error.problems, root)


@st.composite
def broken_files(draw: DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(TEXTS)))
    return name, draw(mutated(draw(excerpts(TEXTS[name], "- ")), SNIPPETS))


@st.composite
def strange_records(draw: DrawFn) -> tuple[str, bytes]:
    """Draw records whose fields exist and hold anything."""
    name = draw(st.sampled_from(sorted(COLLECTIONS)))
    fields = sorted(COLLECTIONS[name].model_fields)
    anything = st.recursive(
        values(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(values(), inner, max_size=3), max_leaves=6
    )
    records = draw(st.lists(st.dictionaries(st.sampled_from(fields) | values(), anything, max_size=8), max_size=4))
    return name, yaml.safe_dump(records, allow_unicode=draw(st.booleans())).encode(errors="replace")


@cases()
@given(broken_files())
def test_a_broken_file_is_loaded_or_told_with_its_place(case: tuple[str, bytes]) -> None:
    judge(*case)


@cases()
@given(strange_records())
def test_a_strange_record_is_loaded_or_told_with_its_place(case: tuple[str, bytes]) -> None:
    judge(*case)


@cases(0.05)
@given(st.data())
def test_files_that_mean_the_same_are_not_refused(data: st.DataObject) -> None:
    texts = {f"{name}.yaml": TEXTS[name] for name in TEXTS}
    texts["sources.bib"] = (ROOT / "knowledge/sources.bib").read_text(encoding="utf-8")
    with folder() as root:
        for name, text in texts.items():
            (root / name).write_bytes(data.draw(harmless(text), label=name))
        assert load(root).records == load(ROOT / "knowledge").records
