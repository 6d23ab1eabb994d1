"""Everything can be found by any stretch of its words, exactly as a plain search would, and at once after a change."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from desktop.rules.search_words import fold_text
from desktop.store.integrity import rebuild_ledger
from desktop.store.journal import find_op
from desktop.store.ledger import Ledger, create
from desktop.store.purging import purge_op
from desktop.store.search import files_without_text, put_file_text, search
from desktop.store.writer import writing
from tests.store.support import TODAY, Steady, ids_of, memory_ledger

WORDS = "环境保护督察反馈问题整改，。（12Ａb𠮷𬭎𰻝㎡é"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """An empty ledger."""
    made = memory_ledger()
    yield made
    made.close()


def _found(ledger: Ledger, words: str, kind: str = "problem") -> set[str]:
    return {found.row for found in search(ledger, words, 1000, (kind,))}


def test_any_stretch_finds_what_a_plain_search_finds(ledger: Ledger) -> None:
    chance = Random(7)
    texts = {}
    with writing(ledger, "", TODAY) as writer:
        for _ in range(150):
            text = "".join(chance.choices(WORDS, k=chance.randint(1, 25)))
            texts[writer.new("problem", {"number": 1, "text": text})] = text
    for _ in range(300):
        word = "".join(chance.choices(WORDS, k=chance.randint(1, 4)))
        plain = {row for row, text in texts.items() if fold_text(word) in fold_text(text)}
        assert _found(ledger, word) == plain, word


@pytest.mark.parametrize("rare", [1, 8, 10_000])
def test_all_kinds_together_find_what_each_finds_alone(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    monkeypatch.setattr("desktop.store.search._RARE", rare)
    chance, kinds = Random(8), ("plan", "progress", "problem", "measure")
    with writing(ledger, "", TODAY) as writer:
        for _ in range(60):
            row = writer.new("problem", {"number": 1, "text": "".join(chance.choices(WORDS, k=9))})
            for kind in ("measure", "progress", "stage"):
                writer.new(kind, {"problem": row, "text": "".join(chance.choices(WORDS, k=6))}, scope=row)
        writer.new("plan", {"title": "".join(chance.choices(WORDS, k=20))})
    for _ in range(60):
        word = " ".join("".join(chance.choices(WORDS, k=chance.randint(1, 2))) for _ in range(chance.choice((1, 1, 2))))
        alone = tuple(found for kind in kinds for found in search(ledger, word, 5, (kind,)))
        assert search(ledger, word, 5, kinds) == alone, word


def test_a_change_a_withdrawal_and_a_second_word_are_followed(ledger: Ledger) -> None:
    with writing(ledger, "", TODAY) as writer:
        row = writer.new("problem", {"number": 1, "text": "雨污分流不到位"})
        entry = writer.new("progress", {"problem": row, "text": "管网改造三公里"}, scope=row)
    assert _found(ledger, "分流 不到") == {row}
    assert _found(ledger, "分流 管网") == set()
    (found,) = search(ledger, "三公里")
    assert (found.kind, found.row, found.problem, found.marks) == ("progress", entry, row, ((4, 7),))
    with writing(ledger, "", TODAY) as writer:
        writer.set("problem", row, {"text": "雨污分开"})
        writer.set("progress", entry, {"void": "误录"}, scope=row)
    assert _found(ledger, "分流") == set()
    assert _found(ledger, "分开") == {row}
    assert not search(ledger, "三公里")


def test_a_unit_is_found_by_its_other_names(ledger: Ledger) -> None:
    with writing(ledger, "", TODAY) as writer:
        unit = writer.new("unit", {"name": "区生态环境分局"})
        alias = writer.new("unit_alias", {"unit": unit, "alias": "环保局", "active": True})
    assert _found(ledger, "环保", "unit") == {unit}
    with writing(ledger, "", TODAY) as writer:
        writer.set("unit_alias", alias, {"active": False})
    assert _found(ledger, "环保", "unit") == set()


def test_evidence_is_found_by_the_words_in_its_file(ledger: Ledger) -> None:
    digest = "ab" * 32
    with writing(ledger, "", TODAY) as writer:
        row = writer.new("problem", {"number": 1, "text": "问题"})
        piece = {"problem": row, "name": "监测报告.pdf", "sha256": digest, "media_type": "application/pdf"}
        evidence = writer.new("evidence", piece, scope=row)
    assert files_without_text(ledger, "application/pdf") == (digest,)
    put_file_text(ledger, digest, "化学需氧量达标")
    assert files_without_text(ledger, "application/pdf") == ()
    assert _found(ledger, "需氧量", "evidence") == {evidence}


def test_the_index_made_anew_finds_the_same(ledger: Ledger) -> None:
    with writing(ledger, "", TODAY) as writer:
        row = writer.new("problem", {"number": 1, "text": "黑臭水体", "leaders": ["李四"]})
    before = search(ledger, "黑臭")
    rebuild_ledger(ledger)
    assert search(ledger, "黑臭") == before
    assert _found(ledger, "李四") == {row}


@pytest.mark.parametrize("words", ['"', "*", "a OR b", "NEAR(a b)", "-", "(", "'", "␣", "环*", "^", ":", "\x00", "水:"])
def test_signs_of_the_index_s_own_language_are_ordinary_characters(ledger: Ledger, words: str) -> None:
    with writing(ledger, "", TODAY) as writer:
        row = writer.new("problem", {"number": 1, "text": f"前{words.replace(chr(0), '')}后 "})
    found = _found(ledger, words)
    assert found <= {row}
    if words not in ("␣", "\x00", "-"):
        assert found == {row}


def test_after_a_purge_no_pair_of_its_characters_stays_in_the_file(tmp_path: Path) -> None:
    with create(tmp_path / "台账", Steady().surroundings()) as ledger:
        with writing(ledger, "", TODAY) as writer:
            row = writer.new("problem", {"number": 1, "text": "绝密𬭎事"})
            writer.new("problem", {"number": 2, "text": "寻常"})
        op = next(op for op in ids_of(ledger) if find_op(ledger.db.connection(), op).row == row)
        purge_op(ledger, op, "误录", "李四", TODAY)
        assert _found(ledger, "寻常")
        assert not _found(ledger, "绝密")
    kept = b"".join(file.read_bytes() for file in (tmp_path / "台账").glob("ledger.sqlite*"))
    assert "寻常".encode() in kept
    for pair in ("绝密", "密𬭎", "𬭎事"):
        assert pair.encode() not in kept
