"""Keeping catalogues in step with the texts: nothing lost, nothing stale, nothing changed without need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from handbook.knowledge import ContentError, load
from handbook.translation.catalogue import syntax_problems
from handbook.translation.update import update_catalogues

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from babel.messages.catalog import Message

    from tests.conftest import TinyProject


def template(project: TinyProject, domain: str, *messages: str) -> None:
    """Write the template of a page as Sphinx does, with the date of the run."""
    header = 'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-11-24 10:00+0000\\n"\n'
    header += '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    entries = [
        f'#: ../../docs/{domain}.md:{line}\nmsgid "{message}"\nmsgstr ""\n' for line, message in enumerate(messages, 1)
    ]
    project.write(f"build/gettext/{domain}.pot", "\n".join([header, *entries]))


def update(project: TinyProject, languages: Sequence[str] = ("en",)) -> list[str]:
    """Update and return the paths of the changed files."""
    changed = update_catalogues(
        project.root / "build/gettext", project.root / "locales", languages, load(project.root / "knowledge")
    )
    return sorted(file.relative_to(project.root).as_posix() for file in changed)


def entry(project: TinyProject, domain: str, message: str) -> Message:
    with (project.root / f"locales/en/LC_MESSAGES/{domain}.po").open(encoding="utf-8") as stream:
        found = read_po(stream).get(message)
    assert found is not None
    return found


def text(project: TinyProject, domain: str) -> str:
    return (project.root / f"locales/en/LC_MESSAGES/{domain}.po").read_text(encoding="utf-8")


def states(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in folder.rglob("*") if file.is_file()}


def test_new_messages_wait_for_their_translation(tiny_project: TinyProject) -> None:
    template(tiny_project, "about/name", "名前", "イクレイの名前です。")

    assert update(tiny_project) == ["locales/en/LC_MESSAGES/about/name.po"]

    assert text(tiny_project, "about/name").endswith(
        '#: ../../docs/about/name.md:1\nmsgid "名前"\nmsgstr ""\n\n'
        '#: ../../docs/about/name.md:2\nmsgid "イクレイの名前です。"\nmsgstr ""\n\n'
    )


def test_a_second_run_touches_no_file(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "はじめに", "これはイクレイを説明する手引きです。")
    tiny_project.catalogue("index", {"はじめに": "Introduction", "これはイクレイを説明する本です。": "This is a book."})
    update(tiny_project)
    assert entry(tiny_project, "index", "これはイクレイを説明する手引きです。").fuzzy
    before = states(tiny_project.root / "locales")

    template(tiny_project, "index", "はじめに", "これはイクレイを説明する手引きです。")
    assert update(tiny_project) == []

    assert states(tiny_project.root / "locales") == before


def test_the_header_says_nothing_that_changes_from_run_to_run(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "はじめに")

    update(tiny_project)

    header = text(tiny_project, "index").partition("\n\n")[0]
    assert '"Language: en\\n"' in header
    assert not any(word in header for word in ("Date", "Generated-By", "Last-Translator", "fuzzy"))


def test_translations_and_the_notes_of_translators_are_kept(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "はじめに", "本書")
    tiny_project.catalogue("index", {})
    file = tiny_project.root / "locales/en/LC_MESSAGES/index.po"
    file.write_text(
        file.read_text() + '\n# Not "Preface".\nmsgid "はじめに"\nmsgstr "Introduction"\n', encoding="utf-8"
    )

    update(tiny_project)

    kept = entry(tiny_project, "index", "はじめに")
    assert (kept.string, kept.user_comments, kept.fuzzy) == ("Introduction", ['Not "Preface".'], False)
    assert entry(tiny_project, "index", "本書").string == ""


def test_the_translation_of_a_changed_message_is_kept_as_a_guess_with_the_message_before(
    tiny_project: TinyProject,
) -> None:
    template(tiny_project, "index", "イクレイは1,500以上の自治体の団体です。")
    tiny_project.catalogue(
        "index", {"イクレイは1,200以上の自治体の団体です。": "ICLEI has more than 1,200 local governments."}
    )

    update(tiny_project)

    changed = entry(tiny_project, "index", "イクレイは1,500以上の自治体の団体です。")
    assert changed.fuzzy
    assert changed.string == "ICLEI has more than 1,200 local governments."
    assert '#| msgid "イクレイは1,200以上の自治体の団体です。"\n' in text(tiny_project, "index")
    assert "#~" not in text(tiny_project, "index")


def test_a_guess_that_a_translator_has_confirmed_is_none_any_more(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "イクレイは1,500以上の自治体の団体です。")
    tiny_project.catalogue("index", {"イクレイは1,200以上の自治体の団体です。": "1,200 local governments."})
    update(tiny_project)
    tiny_project.replace("locales/en/LC_MESSAGES/index.po", "#, fuzzy\n", "")
    tiny_project.replace("locales/en/LC_MESSAGES/index.po", "1,200 local governments.", "1,500 local governments.")

    update(tiny_project)

    confirmed = entry(tiny_project, "index", "イクレイは1,500以上の自治体の団体です。")
    assert (confirmed.fuzzy, confirmed.string) == (False, "1,500 local governments.")
    assert "1,200" not in text(tiny_project, "index")


def test_a_long_guess_with_spaces_in_its_message_is_valid_gettext_and_leaves_nothing_behind(
    tiny_project: TinyProject,
) -> None:
    # Without a space, and with some.
    template(tiny_project, "other", f"2{'会員の自治体' * 20}です。")
    tiny_project.catalogue("other", {f"1{'会員の自治体' * 20}です。": "One."})
    ending = "議会をつくるのは、地域ごとに選ばれた{record}`地域理事会 <committees>`の人たちで、会員 [ICLEI Members]{.x} です。"
    for number in ("1", "2", "3"):
        template(tiny_project, "index", f"{number}人の{ending}")
        if number == "1":
            tiny_project.catalogue("index", {f"1人の{ending}": "One."})
        update(tiny_project)

    # Of what it translates, however often the message has changed.
    assert f'#| msgid "1人の{ending}"\n' in text(tiny_project, "index")
    assert f'#, fuzzy\n#| msgid "1{"会員の自治体" * 20}です。"\nmsgid "2' in text(tiny_project, "other")
    assert syntax_problems(tiny_project.root.rglob("*.po"), project=tiny_project.root) == []
    assert update(tiny_project) == []

    tiny_project.replace("locales/en/LC_MESSAGES/index.po", "#, fuzzy, python-brace-format\n", "")
    update(tiny_project)
    assert entry(tiny_project, "index", f"3人の{ending}").user_comments == []


def test_what_an_editor_of_catalogues_notes_about_a_guess_is_kept(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "イクレイは1,500の自治体の団体です。")
    tiny_project.catalogue("index", {})
    file = tiny_project.root / "locales/en/LC_MESSAGES/index.po"
    file.write_text(
        file.read_text()
        + '\n# Check the number.\n#, fuzzy\n#| msgid ""\n#| "イクレイは"\n#| "1,200の「自治体」です。"\n'
        + 'msgid "イクレイは1,500の自治体の団体です。"\nmsgstr "1,200"\n',
        encoding="utf-8",
    )

    update(tiny_project)

    assert '#| msgid "イクレイは1,200の「自治体」です。"\n' in text(tiny_project, "index")
    assert entry(tiny_project, "index", "イクレイは1,500の自治体の団体です。").user_comments[0] == "Check the number."
    assert update(tiny_project) == []


def test_messages_that_no_page_has_any_more_are_gone(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "はじめに")
    tiny_project.catalogue("index", {"はじめに": "Introduction", "まったく別のこと": "Something else"})

    update(tiny_project)

    assert "まったく別のこと" not in text(tiny_project, "index")


def test_the_catalogue_of_a_deleted_page_is_removed_with_its_compiled_form(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "はじめに")
    tiny_project.catalogue("index", {"はじめに": "Introduction"})
    tiny_project.catalogue("history/old", {"昔": "Old"})
    tiny_project.write("locales/en/LC_MESSAGES/history/old.mo", "")
    update(tiny_project)
    tiny_project.catalogue("history/old", {"昔": "Old"})

    assert update(tiny_project) == ["locales/en/LC_MESSAGES/history/old.po"]

    assert [file.name for file in (tiny_project.root / "locales").rglob("*") if file.is_file()] == ["index.po"]


def test_long_messages_stay_on_one_line(tiny_project: TinyProject) -> None:
    message = "イクレイは持続可能な未来のための自治体の国際的な団体です。" * 5
    template(tiny_project, "index", message)

    update(tiny_project)

    assert f'\nmsgid "{message}"\n' in text(tiny_project, "index")


def test_official_english_names_are_filled_in_wherever_the_name_is_a_message(tiny_project: TinyProject) -> None:
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - id: council
          name: イクレイ議会
          name_en: ICLEI Council
          summary: 会員を代表します。
          sources: [a]
          function: decides
        - id: committee
          name: 世界理事会
          summary: 運営を担います。
          sources: [a]
          function: runs
        """,
    )
    template(tiny_project, "knowledge", "イクレイ議会", "世界理事会", "会員を代表します。")
    template(tiny_project, "index", "イクレイ議会")

    update(tiny_project, ["en", "de"])

    assert entry(tiny_project, "knowledge", "イクレイ議会").string == "ICLEI Council"
    assert entry(tiny_project, "index", "イクレイ議会").string == "ICLEI Council"
    assert entry(tiny_project, "knowledge", "世界理事会").string == ""
    assert entry(tiny_project, "knowledge", "会員を代表します。").string == ""
    german = (tiny_project.root / "locales/de/LC_MESSAGES/knowledge.po").read_text(encoding="utf-8")
    assert "ICLEI Council" not in german


def test_an_official_name_replaces_a_guess_and_leaves_a_translators_choice(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-one
          name: 世界理事会の時代
          name_en: The Global Executive Committee
          date: 1990
        - id: era-two
          name: 憲章
          name_en: Charter
          date: 1991
        """,
    )
    template(tiny_project, "index", "世界理事会の時代", "憲章")
    tiny_project.catalogue("index", {"世界理事会の時代は": "The age of the council", "憲章": "The Charter"})

    update(tiny_project)

    name = entry(tiny_project, "index", "世界理事会の時代")
    assert (name.string, name.fuzzy) == ("The Global Executive Committee", False)
    assert "#|" not in text(tiny_project, "index")
    assert entry(tiny_project, "index", "憲章").string == "The Charter"


def test_a_record_of_the_same_name_without_an_english_one_takes_none_away(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "knowledge/eras.yaml",
        """
        - id: era-one
          name: 世界大会
          name_en: World Congress
          date: 1990
        - id: era-two
          name: 世界大会
          date: 1991
        """,
    )
    template(tiny_project, "index", "世界大会")

    update(tiny_project)

    assert entry(tiny_project, "index", "世界大会").string == "World Congress"


def test_contexts_are_kept_apart(tiny_project: TinyProject) -> None:
    tiny_project.write(
        "build/gettext/handbook.pot",
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "選ぶ"\nmsgstr ""\n\nmsgctxt "many"\nmsgid "選ぶ"\nmsgstr ""\n',
    )
    update(tiny_project)
    file = tiny_project.root / "locales/en/LC_MESSAGES/handbook.po"
    file.write_text(
        file.read_text(encoding="utf-8")
        .replace('msgid "選ぶ"\nmsgstr ""', 'msgid "選ぶ"\nmsgstr "elects"', 1)
        .replace('msgid "選ぶ"\nmsgstr ""', 'msgid "選ぶ"\nmsgstr "elect"', 1),
        encoding="utf-8",
    )

    assert update(tiny_project) == []

    with file.open(encoding="utf-8") as stream:
        catalogue = read_po(stream)
    translations = [catalogue.get("選ぶ", context) for context in (None, "many")]
    assert [found.string for found in translations if found] == ["elects", "elect"]


def test_a_broken_catalogue_is_told_and_left_as_it_is(tiny_project: TinyProject) -> None:
    template(tiny_project, "index", "はじめに")
    template(tiny_project, "about", "本書")
    file = tiny_project.write(
        "locales/en/LC_MESSAGES/index.po", 'msgid ""\nmsgstr ""\n\nmsgid "はじめに"\nmsgstr "Introduction\n'
    )
    before = file.read_bytes()

    with pytest.raises(ContentError) as caught:
        update(tiny_project)

    assert str(caught.value).startswith("locales/en/LC_MESSAGES/index.po:5: not valid gettext: ")
    assert file.read_bytes() == before
