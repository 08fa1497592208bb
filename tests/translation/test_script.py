"""Telling Japanese writing from other writing."""

from __future__ import annotations

import pytest

from handbook.translation.script import is_japanese


@pytest.mark.parametrize("text", ["イクレイ", "かな", "漢字", "佐々木", "ICLEIの", "a、b", "。", "コーヒー"])
def test_kana_ideographs_and_japanese_punctuation_are_japanese(text: str) -> None:
    assert is_japanese(text)


@pytest.mark.parametrize("text", ["", "ICLEI – 1990", "Malmö", "Local Agenda 21 (LA21)", "“quoted”", "São Paulo…"])
def test_latin_text_and_its_punctuation_are_not(text: str) -> None:
    assert not is_japanese(text)
