"""An edition: records in one language, sorted for its readers, with a fingerprint of what they see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.knowledge import Term, load
from handbook.translation import Edition, Localized, Translation

if TYPE_CHECKING:
    from tests.conftest import TinyProject


def edition(project: TinyProject, language: str) -> Edition:
    base = load(project.root / "knowledge")
    return Edition(base, Translation.load(project.root / "locales", language=language, source_language="ja"))


def terms(project: TinyProject, *names: tuple[str, str, str]) -> None:
    project.source("a")
    project.write(
        "knowledge/terms.yaml",
        "".join(
            f"- id: term-{number}\n  name: {name}\n  name_en: {english}\n  reading: {reading}\n"
            f"  summary: 説明{number}\n  sources: [a]\n  group: g\n"
            for number, (name, english, reading) in enumerate(names, start=1)
        ),
    )
    project.catalogue("knowledge", {name: english for name, english, _ in names})


def test_a_record_has_the_name_of_the_edition(tiny_project: TinyProject) -> None:
    terms(tiny_project, ("イクレイ議会", "ICLEI Council", "いくれいぎかい"))

    japanese, english = edition(tiny_project, "ja"), edition(tiny_project, "en")

    record = japanese.base.records["term-1"]
    assert (japanese.language, japanese.name(record)) == ("ja", Localized("イクレイ議会", "ja"))
    assert (english.language, english.name(record)) == ("en", Localized("ICLEI Council", "en"))


def test_terms_sort_by_reading_in_japanese_and_by_letters_in_english(tiny_project: TinyProject) -> None:
    terms(
        tiny_project,
        ("世界理事会", "Global Executive Committee", "せかいりじかい"),
        ("憲章", "Charter", "けんしょう"),
        ("会員", "Member", "かいいん"),
        ("エコモビリティ", "ÉcoMobility", "えこもびりてぃ"),
        ("条例", "“by-law”", "じょうれい"),
        ("一般", "general", "いっぱん"),
    )
    japanese, english = edition(tiny_project, "ja"), edition(tiny_project, "en")

    in_japanese = [japanese.name(term).text for term in sorted(japanese.base.all(Term), key=japanese.sort_key)]
    in_english = [english.name(term).text for term in sorted(english.base.all(Term), key=english.sort_key)]

    assert in_japanese == ["一般", "エコモビリティ", "会員", "憲章", "条例", "世界理事会"]
    assert in_english == [
        "“by-law”",
        "Charter",
        "ÉcoMobility",
        "general",
        "Global Executive Committee",
        "Member",
    ]


def test_the_fingerprint_changes_with_the_record_and_its_translation_only(tiny_project: TinyProject) -> None:
    terms(tiny_project, ("会員", "Member", "かいいん"), ("憲章", "Charter", "けんしょう"))

    def fingerprints() -> list[str]:
        return [
            edition(tiny_project, language).digest([edition(tiny_project, language).base.records[record_id]])
            for language in ("ja", "en")
            for record_id in ("term-1", "term-2")
        ]

    ja_member, en_member = 0, 2
    before = fingerprints()
    assert fingerprints() == before

    tiny_project.replace("knowledge/terms.yaml", "説明1", "くわしい説明1")
    after_record = fingerprints()
    assert [at for at in range(4) if after_record[at] != before[at]] == [ja_member, en_member]

    tiny_project.replace("locales/en/LC_MESSAGES/knowledge.po", '"Member"', '"Member city"')
    after_translation = fingerprints()
    assert [at for at in range(4) if after_translation[at] != after_record[at]] == [en_member]


def test_terms_sort_by_letters_in_other_scripts_too(tiny_project: TinyProject) -> None:
    terms(tiny_project, ("会員", "회원", "かいいん"), ("気候", "기후", "きこう"), ("都市", "도시", "とし"))
    tiny_project.catalogue("knowledge", {"会員": "회원", "気候": "기후", "都市": "도시"}, language="ko")
    korean = edition(tiny_project, "ko")

    names = [korean.name(term).text for term in sorted(korean.base.all(Term), key=korean.sort_key)]

    assert names == ["기후", "도시", "회원"]
