"""What readers call record types and fields: the words of the tables and of the JSON Schema.

A field means the same in every record type, so one table serves all. A type or
field without an entry would show its bare name; a test says so before that.
"""

from __future__ import annotations

from typing import NamedTuple

from handbook.translation import mark


class Word(NamedTuple):
    """A short name, and a sentence that explains it, in the source language."""

    name: str
    meaning: str


#: Record types, by collection.
KINDS: dict[str, Word] = {
    "bodies": Word(mark("機関と役職"), mark("イクレイの運営に関わる機関と役職です。")),
    "offices": Word(mark("事務所"), mark("イクレイの事務局と事務所です。")),
    "eras": Word(mark("時期"), mark("本書がイクレイの歴史を分けた時期です。")),
    "milestones": Word(mark("出来事"), mark("イクレイの歴史の、日付のある出来事です。")),
    "programmes": Word(
        mark("プログラムと催し"), mark("イクレイのプログラム、キャンペーン、道具、催し、出版物などです。")
    ),
    "partners": Word(mark("国際的な枠組みと協力相手"), mark("イクレイが関わる国連の機関、条約、会議、団体などです。")),
    "figures": Word(mark("数字"), mark("時点と資料によって変わる数字です。")),
    "terms": Word(mark("用語集の言葉"), mark("用語集の言葉です。")),
    "tenures": Word(mark("役職者と任期"), mark("だれが、いつからいつまで、どの役職にあったかの記録です。")),
    "conflicts": Word(mark("出典の食い違い"), mark("資料によって内容が違うことがらの記録です。")),
    "changes": Word(mark("更新の記録"), mark("本書の記録を加えたり、直したりした記録です。")),
}

#: The list of sources, which is no record type.
SOURCES = Word(mark("出典の一覧"), mark("記録とページの根拠になった資料です。"))

#: Fields of records and of their parts, by name.
FIELDS: dict[str, Word] = {
    # every record
    "id": Word(mark("識別名"), mark("記録の変わらない名前です。ページのアドレスの「#」の後と同じです。")),
    "type": Word(mark("記録の種類"), mark("どの種類の記録かを表します。")),
    "iri": Word(mark("IRI"), mark("リンクトデータ（TurtleとJSON-LD）での、この記録の名前です。")),
    "page": Word(mark("ページ"), mark("この記録を説明するページの、サイトの先頭からのアドレスです。")),
    "name": Word(mark("名称"), mark("この版の言語での名称です。")),
    "names": Word(mark("言語ごとの名称"), mark("名称を、言語の記号（ja、enなど）ごとに示します。")),
    "name_en": Word(mark("正式な英語名"), mark("資料にある正式な英語の名称です。")),
    "name_is_ours": Word(
        mark("本書による訳語"), mark("日本語の名称が資料になく、本書が訳したものかどうかを示します。")
    ),
    "reading": Word(mark("読み"), mark("日本語の名称の読みを、ひらがなで示します。")),
    "abbreviation": Word(mark("略称"), mark("名称の略称です。")),
    "summary": Word(mark("内容"), mark("本書の言葉による説明です。用語では、言葉の意味です。")),
    "sources": Word(mark("出典"), mark("根拠にした資料のキーです。資料は出典の一覧にあります。")),
    "as_of": Word(mark("時点"), mark("いつの時点のことかを、EDTFの日付で示します。")),
    "confidence": Word(
        mark("確かさ"), mark("だれが述べたかによる確かさです。「高い」は公式の資料、「中くらい」はその他の資料です。")
    ),
    "note": Word(mark("注"), mark("資料の違いなど、使うときに知っておきたいことです。")),
    # some record types
    "kind": Word(mark("種類"), mark("同じ記録の種類の中での分類です。")),
    "function": Word(mark("役割"), mark("会員か、決定するか、運営するか、支えるかを示します。")),
    "several": Word(mark("複数"), mark("名称が、同じ種類の複数の機関をまとめて指すかどうかを示します。")),
    "part_of": Word(mark("属する機関"), mark("この機関や役職が属する機関の識別名です。")),
    "chosen": Word(mark("選び方"), mark("どのように選ばれるか、または加わるかの説明です。")),
    "duties": Word(mark("主な仕事"), mark("主な仕事を並べたものです。")),
    "relations": Word(mark("ほかの機関との関係"), mark("ほかの機関や役職に対して何をするかを並べたものです。")),
    "verb": Word(mark("関係"), mark("選ぶ、任命する、監督するなど、相手に対してすることです。")),
    "to": Word(mark("相手"), mark("関係の相手の識別名です。")),
    "city": Word(mark("都市"), mark("事務所のある都市です。")),
    "country": Word(mark("国・地域"), mark("事務所のある国や地域です。")),
    "region": Word(mark("地域"), mark("事務所が受け持つ地域です。")),
    "since": Word(mark("開始時期"), mark("始まりの時期を、EDTFの日付で示します。")),
    "until": Word(mark("終了時期"), mark("終わりの時期を、EDTFの日付で示します。")),
    "date": Word(mark("年月日"), mark("いつのことかを、EDTFの日付で示します。")),
    "era": Word(mark("時期の識別名"), mark("出来事が属する時期の識別名です。")),
    "label": Word(mark("図での名称"), mark("年表の図に書く、短い名称です。")),
    "place": Word(mark("場所"), mark("行われた場所です。")),
    "in_timeline": Word(mark("年表の図に載せる"), mark("年表の図に載せるかどうかを示します。")),
    "status": Word(mark("状況"), mark("実施中か、終了したかを示します。確かめられないときは「unknown」です。")),
    "pathways": Word(mark("道筋"), mark("イクレイの5つの発展的道筋のうち、関わるものです。")),
    "iclei_role": Word(mark("イクレイの立場"), mark("主導、協力など、イクレイの関わり方です。")),
    "partners": Word(mark("協力相手"), mark("協力相手の識別名です。")),
    "relation": Word(mark("イクレイとの関わり"), mark("イクレイがどう関わるかの説明です。")),
    "pattern": Word(mark("数字の書き方"), mark("数字の前後の言葉です。「{value}」のところに数字が入ります。")),
    "unit": Word(mark("単位"), mark("数字のすぐ後に付く単位です。")),
    "observations": Word(mark("値の一覧"), mark("時点と資料ごとの値を、新しいものから順に並べたものです。")),
    "value": Word(mark("値"), mark("数値です。")),
    "qualifier": Word(
        mark("値の幅"), mark("ちょうどか、約か、以上か、少なくともかを示します。資料の書き方に合わせています。")
    ),
    "key": Word(mark("キー"), mark("ほかと区別するための名前です。")),
    "group": Word(mark("分野"), mark("用語の分野を表す記号です。")),
    "everyday": Word(mark("ふだんの言葉か"), mark("ふだんの言葉でもあるため、本文から自動でリンクしません。")),
    "also_en": Word(mark("英語の短い形"), mark("名前の代わりに使ってよい、英語の短い形です。")),
    "avoid": Word(
        mark("避ける言い方"), mark("本書で使わない言い方と、その理由です。書き手のためのもので、訳していません。")
    ),
    "form": Word(mark("言い方"), mark("本書で使わない言い方です。")),
    "why": Word(mark("理由"), mark("その言い方を使わない理由です。")),
    "post": Word(mark("役職"), mark("どの役職かを示します。")),
    "body": Word(mark("機関"), mark("どの機関の役職かを示します。")),
    "topic": Word(mark("論点"), mark("資料が何について食い違うかを示します。")),
    "claims": Word(mark("資料ごとの内容"), mark("それぞれの資料が述べていることです。")),
    "text": Word(mark("述べていること"), mark("資料が述べていることを、本書の言葉で示します。")),
    "printed": Word(mark("本書の記載"), mark("本書がどう書いているかを示します。")),
    "about": Word(mark("関わる記録"), mark("食い違いや更新に関わる記録の識別名です。")),
    # sources
    "title": Word(mark("題名"), mark("資料にあるとおりの題名です。")),
    "publisher": Word(mark("公表者"), mark("資料を公表した団体や人です。")),
    "issued": Word(mark("発行日"), mark("資料に書かれた日付を、EDTFで示します。")),
    "url": Word(mark("アドレス"), mark("資料のアドレスです。")),
    "urldate": Word(mark("参照した日"), mark("本書が資料を参照した日です。")),
    "langid": Word(mark("言語の名前"), mark("資料の言語の、BibTeX（biblatex）での名前です。")),
    "language": Word(mark("言語"), mark("言語の記号（BCP 47）です。")),
}

#: The parts of the JSON document as a whole.
DOCUMENT: dict[str, Word] = {
    "$schema": Word(mark("スキーマ"), mark("この文書の形を定めるJSON Schemaのファイルです。")),
    "title": Word(mark("題名"), mark("このデータの題名です。")),
    "language": Word(mark("言語"), mark("この版の言語の記号（BCP 47）です。訳のない文は日本語のままです。")),
    "date": Word(mark("事実の時点"), mark("公開されている資料から記録を確かめた時点です。その後の変化は含みません。")),
    "licence": Word(mark("利用の条件"), mark("データを使う条件です。")),
    "licence.name": Word(mark("条件の名前"), mark("ライセンスの短い名前です。")),
    "licence.url": Word(mark("条件のアドレス"), mark("ライセンスの文書のアドレスです。")),
    "site": Word(
        mark("サイトのアドレス"), mark("ページのアドレスの前に付くものです。公開する場所が決まっていないときは空です。")
    ),
    "records": Word(mark("記録"), mark("すべての種類の記録です。")),
    "sources": SOURCES,
}

#: Values of closed lists that only the data shows.
VALUES: dict[str, str] = {
    "exact": mark("ちょうど"),
    "about": mark("約"),
    "more-than": mark("以上"),
    "at-least": mark("少なくとも"),
    "unknown": mark("不明"),
}


def field_word(name: str) -> Word:
    """Return the words for a field; its bare name if there are none."""
    return FIELDS.get(name, Word(name, ""))


def kind_word(collection: str) -> Word:
    """Return the words for a record type; the bare name of its collection if there are none."""
    return KINDS.get(collection, Word(collection, ""))
