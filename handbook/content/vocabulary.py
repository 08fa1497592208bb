"""Words for the closed lists of record fields, in the source language.

`mark` makes the extractor put them into the catalogue `handbook`.
"""

from __future__ import annotations

from handbook.translation import mark

WORDS: dict[str, str] = {
    # offices
    "world-secretariat": mark("世界事務局"),
    "regional-secretariat": mark("地域事務局"),
    "regional-office": mark("地域事務所"),
    "country-office": mark("国別事務所"),
    "project-office": mark("プロジェクト事務所"),
    # programmes
    "programme": mark("プログラム"),
    "campaign": mark("キャンペーン"),
    "platform": mark("プラットフォーム"),
    "standard": mark("基準・規格"),
    "tool": mark("ツール"),
    "initiative": mark("イニシアティブ"),
    "event": mark("催し"),
    "service": mark("サービス"),
    "publication": mark("出版物"),
    "active": mark("実施中"),
    "ended": mark("終了"),
    "lead": mark("主導"),
    "co-lead": mark("共同主導"),
    "founding-partner": mark("設立パートナー"),
    "partner": mark("パートナー"),
    "supporter": mark("支援"),
    "low-emission": mark("低炭素な発展"),
    "nature-based": mark("自然に基づく発展"),
    "circular": mark("循環型の発展"),
    "resilient": mark("レジリエントな発展"),
    "equitable": mark("公平で人間中心の発展"),
    # partners
    "un-body": mark("国連の機関"),
    "un-convention": mark("条約"),
    "un-conference": mark("国連の会議"),
    "un-process": mark("国連の枠組み"),
    "organization": mark("団体"),
    "network": mark("ネットワーク"),
    # bodies
    "members": mark("会員"),
    "decides": mark("決定する"),
    "runs": mark("運営する"),
    "supports": mark("支える"),
    # tenures
    "president": mark("会長"),
    "first-vice-president": mark("第一副会長"),
    "vice-president": mark("副会長"),
    "secretary-general": mark("世界事務局長"),
    "deputy-secretary-general": mark("副事務局長"),
    "regional-chair": mark("地域理事会の議長"),
    "portfolio-holder": mark("分野担当の理事"),
    "board-chair": mark("理事長"),
    "director": mark("事務局の長"),
    # topics of conflicts
    "name": mark("名称"),
    "history": mark("歴史"),
    "governance": mark("組織の運営"),
    "offices": mark("事務所"),
    "programmes": mark("プログラム"),
    "international": mark("国際的な活動"),
    "japan": mark("日本"),
    # changes
    "added": mark("追加"),
    "corrected": mark("訂正"),
    "updated": mark("更新"),
    # confidence
    "high": mark("高い"),
    "medium": mark("中くらい"),
}
