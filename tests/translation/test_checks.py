"""Faults in translations: each is found, with its rule and its place; what is right gives no alarm."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

from handbook.knowledge import load
from handbook.translation.checks import Finding, check_catalogues
from tests.conftest import TinyProject
from tests.site.pages import PROJECT, ROOT

if TYPE_CHECKING:
    from handbook.knowledge import KnowledgeBase

Findings = Callable[..., list[Finding]]
Rules = Callable[..., list[str]]

#: Where `TinyProject.catalogue` writes the one entry.
LINE = 5


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyProject, KnowledgeBase]:
    """A project with a small glossary, read once."""
    tiny_project = TinyProject(tmp_path_factory.mktemp("checks") / "project")
    tiny_project.source("a")
    tiny_project.write(
        "knowledge/terms.yaml",
        """
        - {id: term-gexcom, name: 世界理事会, name_en: Global Executive Committee, abbreviation: GexCom,
           reading: せかいりじかい, summary: 理事の会議, sources: [a], group: g,
           avoid: [{form: World Board, why: 使われていない訳}]}
        - {id: term-gas, name: 温室効果ガス, name_en: greenhouse gas, reading: おんしつこうかがす, summary: 気体,
           sources: [a], group: g}
        - {id: term-term, name: 運動, name_en: movement, reading: うんどう, summary: 働きかけ, everyday: true,
           sources: [a], group: g}
        """,
    )
    tiny_project.write(
        "knowledge/bodies.yaml",
        """
        - {id: council, name: イクレイ議会, name_en: ICLEI Council, summary: 会員を代表します。,
           sources: [a], function: decides}
        """,
    )
    return tiny_project, load(tiny_project.root / "knowledge")


@pytest.fixture
def project(shared: tuple[TinyProject, KnowledgeBase]) -> TinyProject:
    shutil.rmtree(shared[0].root / "locales", ignore_errors=True)
    return shared[0]


@pytest.fixture
def findings(shared: tuple[TinyProject, KnowledgeBase]) -> Findings:
    """Checks the catalogues of the project, of one language."""
    root, base = shared[0].root, shared[1]
    return lambda language="en": check_catalogues(root, root / "locales", language, "ja", base)


@pytest.fixture
def rules(project: TinyProject, findings: Findings) -> Rules:
    """Writes a catalogue of one entry and returns the rules that find something there."""
    return partial(_rules, project, findings)


def _rules(project: TinyProject, findings: Findings, message: str, translation: str, domain: str = "page") -> list[str]:
    project.catalogue(domain, {message: translation})
    found = findings()
    assert all(one.file.as_posix() == f"locales/en/LC_MESSAGES/{domain}.po" for one in found)
    assert all(one.line == LINE for one in found if one.rule != "msgfmt")
    return [one.rule for one in found]


#: Rule, message, a good translation, and the same with one fault.
FAULTS = [
    # What must be carried over
    ("roles", "{record}`council`です。", "The {record}`council`.", "The council."),
    ("roles", "{record}`council`です。", "The {record}`council`.", "The {record}`counsil`."),
    ("roles", "{year}`a.since`からです。", "Since {year}`a.since`.", "Since {date}`a.since`."),
    ("roles", "文です{cite}`a,b`。", "A sentence {cite}`b,a`.", "A sentence {cite}`a`."),
    ("roles", "{record}`議会 <council>`です。", "The {record}`assembly <council>`.", "The {record}`assembly <board>`."),
    ("roles", "文です。", "A text.", "A text {cite}`a`."),
    ("links", "[会員](../members.md)です。", "The [members](../members.md).", "The [members](members.md)."),
    ("links", "[会員](members.md)です。", "The [members](members.md).", "The members."),
    ("urls", "<https://example.org/a>です。", "See <https://example.org/a>.", "See <https://example.org/b>."),
    (
        "urls",
        "[頁](https://example.org/a)です。",
        "The [page](https://example.org/a).",
        "The [page](https://example.com/a).",
    ),
    ("labels", "[節](#part-two)です。", "The [section](#part-two).", "The [section](#the-section)."),
    ("labels", "[節](a.md#part)です。", "The [section](a.md#part).", "The [section](a.md#parts)."),
    ("placeholders", "{count}件", "{count} entries", "{number} entries"),
    ("placeholders", "{name}の{count}件", "{count} of {name}", "{count} of them"),
    ("code", "`make`です。", "Run `make`.", "Run `Make`."),
    ("code", "`make`です。", "Run `make`.", "Run make."),
    ("strong", "**会員**です。", "**Members** do.", "Members do."),
    ("emphasis", "*会員*です。", "*Members* do.", "Members do."),
    ("attributes", "[Verein]{.language-de}です。", "A [Verein]{.language-de}.", "A Verein."),
    ("attributes", "[語]{.small}です。", "A [word]{.small}.", "A [word]{.large}."),
    ("passages", "[Full Member]{.language-en}です。", "Full Members can.", "Whole members can."),
    # Numbers and dates
    ("numbers", "1990年です。", "It was 1990.", "It was 1991."),
    ("numbers", "1990年です。", "It was 1990.", "It was then."),
    ("numbers", "2015〜2021年です。", "From 2015–21.", "From 2015–20."),
    ("numbers", "平成9年版です。", "The 1997 edition.", "The 1999 edition."),
    ("numbers", "1,750の町です。", "There are 1,750 towns.", "There are 1,570 towns."),
    ("numbers", "5億5,300万人です。", "They are 553 million.", "They are 533 million."),
    ("numbers", "16億の人です。", "They are 1.6 billion people.", "They are 16 billion people."),
    ("numbers", "三つあります。", "There are three.", "There are four."),
    ("numbers", "第18回です。", "It is the 18th.", "It is the 19th."),
    ("numbers", "第5回です。", "It is the fifth.", "It is the sixth."),
    ("numbers", "二十年です。", "It took twenty years.", "It took thirty years."),
    ("numbers", "二百五十年です。", "It took 250 years.", "It took 260 years."),
    ("numbers", "3日半です。", "It took three and a half days.", "It took four and a half days."),
    ("numbers", "1.5度です。", "It is 1.5 degrees.", "It is 2.5 degrees."),
    ("numbers", "会議です。", "A meeting.", "A meeting of 300."),
    ("dates", "2012年9月です。", "It was September 2012.", "It was October 2012."),
    ("dates", "9月5日です。", "It was 5 September.", "It was the 5th."),
    # Names
    ("terms", "世界理事会が決めます。", "The GexCom decides.", "The world council decides."),
    ("terms", "温室効果ガスです。", "These are greenhouse gases.", "These are glasshouse fumes."),
    ("avoid", "世界理事会です。", "The GexCom.", "The GexCom (World Board)."),
    ("official-names", "世界理事会です。", "The Global Executive Committee.", "The Global executive committee."),
    # Typography
    ("japanese-left", "会員です。", "A member.", "A 会員."),
    ("japanese-left", "「めざす」です。", "The word is [めざす]{.language-ja}.", "The word is めざす."),
    ("full-width", "本です。", "A book (PDF).", "A book（PDF)."),
    ("full-width", "本です。", "A book.", "A ｂook."),
    ("quotes", "「本」です。", "It is “a book”.", "It is 'a book'."),
    ("quotes", "市の本です。", "The city’s book.", "The city's book."),
    ("quotes", "「本」です。", "It is “a book”.", "It is “a book."),
    ("dashes", "本（短い）です。", "A book – a short one.", "A book - a short one."),
    ("dashes", "本（短い）です。", "A book – a short one.", "A book—a short one."),
    ("dashes", "1990〜2003年です。", "From 1990–2003.", "From 1990-2003."),
    ("ellipsis", "本…です。", "A book …", "A book ..."),
    ("spaces", "本です。", "A book here.", "A book  here."),
    ("spaces", "本です。", "A book, here.", "A book , here."),
    ("spaces", "本（短い）です。", "A book (short).", "A book ( short)."),
    ("spaces", "本です。紙です。", "A book. Paper.", "A book.Paper."),
    ("punctuation", "本です。", "A book.", "A book.."),
    ("punctuation", "本です。", "A book.", "A book"),
    ("punctuation", "本ですか？", "Is it a book?", "Is it a book."),
    ("units", "20%です。", "It is 20 per cent.", "It is 20 of them."),
    ("units", "20%です。", "It is 20%.", "It is 20 %."),
    ("units", "20kmです。", "It is 20 km.", "It is 20km."),
    ("units", "300円です。", "It is 300 yen.", "It is 300 euros."),
    ("outer-space", "本です。", "A book.", "A book. "),
    ("outer-space", "本です。", "A book.", " A book."),
    ("outer-space", "本です。\\n", "A book.\\n", "A book."),
]


@pytest.mark.parametrize(
    ("rule", "message", "good", "bad"), FAULTS, ids=[f"{rule}: {bad}" for rule, _, _, bad in FAULTS]
)
def test_a_fault_is_found_by_its_rule_and_the_good_translation_gives_no_alarm(
    rules: Rules, rule: str, message: str, good: str, bad: str
) -> None:
    assert rules(message, good) == []
    assert rule in rules(message, bad)


#: Written otherwise than the message, and right.
RIGHT = [
    ("人口は90億人です。", "There are 9 billion people."),
    ("10億人です。", "A billion people."),
    ("6〜8月です。", "From June to August."),
    ("20年です。", "Two decades."),
    ("二つの数があります。", "There are two numbers."),
    ("両方です。", "Both of them."),
    ("第1条3項です。", "Article 1.3 says so."),
    ("会員の3分の2です。", "Two thirds of the members."),
    ("使ってもよいですか。", "May I use it?"),
    ("二酸化炭素です。", "It is CO2."),
    ("運動です。", "A campaign."),
    ("「UNCSD」という略号です。", "The abbreviation UNCSD."),
    ("{record}`1990年の会議 <a>`です。", "The {record}`congress of 1990 <a>`."),
    ("{record}`a`です。", "The {record}`congress of 1990 <a>`."),
    ("{cite}`a`、{cite}`b`です。", "It is {cite}`b`, {cite}`a`."),
    ("世界気候<br>首長誓約", "Covenant of<br>Mayors"),
    ("`1990`、`1991`です。", "They are `1990`, `1991`."),
]


@pytest.mark.parametrize(("message", "translation"), RIGHT)
def test_another_way_to_say_the_same_gives_no_alarm(rules: Rules, message: str, translation: str) -> None:
    assert rules(message, translation) == []


@pytest.mark.parametrize(
    "message", ["本,紙です。", "本(短い)です。", "１冊の本です。", "本です。。", "本 紙です。", "ﾎﾝです。"]
)
def test_a_fault_of_the_message_itself_is_found(rules: Rules, message: str) -> None:
    assert "message" in rules(message, "A book, one short.")


def test_the_official_name_of_a_record_is_used_as_it_is(rules: Rules) -> None:
    assert rules("イクレイ議会", "ICLEI Council", "knowledge") == []
    assert rules("イクレイ議会", "The ICLEI council", "knowledge") == ["official-names"]


def test_guesses_and_leftovers_are_found_and_missing_translations_are_not(
    project: TinyProject, findings: Findings
) -> None:
    project.catalogue("page", {"本です。": "A book.", "紙です。": ""})
    file = project.root / "locales/en/LC_MESSAGES/page.po"
    text = file.read_text(encoding="utf-8").replace('msgid "本です。"', '#, fuzzy\nmsgid "本です。"')
    file.write_text(f'{text}\n#~ msgid "昔です。"\n#~ msgstr "Old."\n', encoding="utf-8")

    assert [(one.rule, one.source) for one in findings()] == [("fuzzy", "本です。"), ("obsolete", "昔です。")]


def test_a_message_is_translated_the_same_way_everywhere(project: TinyProject, findings: Findings) -> None:
    for domain, translation in (("a", "Founding"), ("b", "The founding"), ("c", "Creation")):
        project.catalogue(domain, {"設立": translation})

    (finding,) = findings()

    assert (finding.rule, finding.file.name, finding.line) == ("duplicates", "c.po", LINE)
    assert "locales/en/LC_MESSAGES/a.po:5 translates the same message as 'Founding'" in finding.what


def test_a_note_with_a_reason_allows_a_fault_and_is_reported_when_it_allows_none(
    project: TinyProject, findings: Findings
) -> None:
    def noted(note: str, translation: str) -> list[str]:
        project.catalogue("page", {"1990年です。": translation})
        project.replace("locales/en/LC_MESSAGES/page.po", 'msgid "1990', f'# {note}\nmsgid "1990')
        return [one.rule for one in findings()]

    assert noted("allow numbers: the heading has the year", "It was then.") == []
    assert noted("allow numbers:", "It was then.") == ["notes"]
    assert noted("allow numbers: the heading has the year", "It was 1990.") == ["notes"]
    assert noted("allow terms: the heading has the year", "It was then.") == ["notes", "numbers"]


def test_gettext_looks_at_the_files_where_it_is_installed(project: TinyProject, findings: Findings) -> None:
    entry = 'msgid "本です。"\nmsgstr "A book."\n'
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    project.write("locales/en/LC_MESSAGES/page.po", f"{header}\n{entry}\n{entry}")
    try:
        subprocess.run(["msgfmt", "--version"], capture_output=True, check=True)
    except FileNotFoundError:
        assert findings() == []
    else:
        found = findings()
        assert {one.rule for one in found} == {"msgfmt"}
        assert any("duplicate message definition" in one.what for one in found)


def test_a_catalogue_that_cannot_be_read_is_told_with_its_line(project: TinyProject, findings: Findings) -> None:
    project.write("locales/en/LC_MESSAGES/page.po", 'msgid ""\nmsgstr ""\n\nmsgid "本です。"\nmsgstr "A book.\n')

    (finding,) = findings()

    assert (finding.rule, finding.line) == ("syntax", 5)


def test_another_language_gets_the_rules_that_need_to_know_none(project: TinyProject, findings: Findings) -> None:
    project.catalogue("page", {"1990年の世界理事会は{record}`a`です。": "1990년 'セ' {record}`b`"}, language="ko")

    assert [one.rule for one in findings("ko")] == ["japanese-left", "roles"]


def test_the_command_says_what_to_do_and_fails(project: TinyProject) -> None:
    project.catalogue("page", {"1990年です。": "It was 1991."})

    done = project.run("check-translations")

    assert done.returncode == 1
    assert done.stdout.startswith(
        "locales/en/LC_MESSAGES/page.po:5: numbers: '1990' is not in the English\n"
        "    message:     1990年です。\n"
        "    translation: It was 1991.\n"
        "    To mend it: give the number of the message: 1990.\n"
    )
    assert "# allow RULE: the reason" in done.stderr


@pytest.fixture
def page(project: TinyProject) -> Iterator[None]:
    file = project.write("docs/page.md", "# 題名\n\n1990年に\\\n始まりました。\n")
    yield
    file.unlink()


def test_a_message_that_its_page_does_not_have_is_told(page: None, rules: Rules) -> None:
    assert rules("題名", "Title") == []
    assert rules("1990年に\\\\\\n始まりました。", "It began\\\\\\nin 1990.") == []
    assert rules("題の名", "Title") == ["message"]


def test_a_note_above_a_guess_waits_until_somebody_has_corrected_it(project: TinyProject, findings: Findings) -> None:
    project.catalogue("page", {"1990年です。": "It was 1991."})
    project.replace("locales/en/LC_MESSAGES/page.po", 'msgid "1990', '# allow numbers: a joke\n#, fuzzy\nmsgid "1990')

    assert [one.rule for one in findings()] == ["fuzzy"]


def found_in_the_handbook() -> list[Finding]:
    base = load(PROJECT.knowledge, project=ROOT)
    languages = [language for language in PROJECT.languages() if language != "ja"]
    return [one for language in languages for one in check_catalogues(ROOT, PROJECT.locales, language, "ja", base)]


def test_the_translations_of_the_handbook_have_nothing_to_mend() -> None:
    # Who changes the Japanese may leave the translation to others: until then it is a guess, which nobody reads.
    found = [one for one in found_in_the_handbook() if one.rule != "fuzzy"]
    assert not found, "\n\n".join(map(str, found))


@pytest.mark.translated
def test_no_translation_of_the_handbook_is_a_guess() -> None:
    found = [one for one in found_in_the_handbook() if one.rule == "fuzzy"]
    assert not found, "\n\n".join(map(str, found))
