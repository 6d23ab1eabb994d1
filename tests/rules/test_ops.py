"""The op format, held by golden bytes and hashes: what stands here does not change after the first issue."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import Refused
from desktop.rules.ops import (
    MAX_BASES,
    MAX_BODY,
    MAX_FIELDS,
    MAX_INT,
    Op,
    canonical,
    is_hex,
    make_op,
    op_id,
    parse_op,
    strict_json,
)

ROW = "0192f3a4b5c67d8e9fa0b1c2d3e4f506"
OFFICE = "0192f3a4b5c67000800000000000000a"
FIRST, SECOND = "00" * 20, "ff" * 20


def op(**changes: Any) -> tuple[Op, bytes]:
    """A small sound op with some parts changed."""
    parts: dict[str, Any] = {
        "table": "problem",
        "row": ROW,
        "scope": ROW,
        "kind": "new",
        "fields": {"number": 5},
        "base": {},
        "office": OFFICE,
        "person": "张三",
        "hlc": 0,
        "nonce": "0123456789abcdef",
    }
    return make_op(**{**parts, **changes})


GOLDEN = [
    pytest.param(
        {"fields": {"number": 5, "text": "长江入河排污口整治不到位"}, "hlc": 117440512},
        '{"b":{},"f":{"number":5,"text":"长江入河排污口整治不到位"},"h":117440512,"k":"new","n":"0123456789abcdef",'
        '"o":"0192f3a4b5c67000800000000000000a","p":"张三","r":"0192f3a4b5c67d8e9fa0b1c2d3e4f506",'
        '"s":"0192f3a4b5c67d8e9fa0b1c2d3e4f506","t":"problem","v":1}',
        "70d4d704e4e7d4774dca420a8e8e01f0c4d10ff5",
        id="a new problem in Chinese, with no base",
    ),
    pytest.param(
        {"fields": {"text": '引号" 反斜\\ 斜/ 换行\n制表\t零\x00 退\b 页\f 回\r \x1f\x7f\u2028'}},
        '{"b":{},"f":{"text":"引号\\" 反斜\\\\ 斜/ 换行\\n制表\\t零\\u0000 退\\b 页\\f 回\\r \\u001f\x7f\u2028"},'
        '"h":0,"k":"new","n":"0123456789abcdef",'
        '"o":"0192f3a4b5c67000800000000000000a","p":"张三","r":"0192f3a4b5c67d8e9fa0b1c2d3e4f506",'
        '"s":"0192f3a4b5c67d8e9fa0b1c2d3e4f506","t":"problem","v":1}',
        "33619764aeec7361f560acb7071447c35f761c2e",
        id="only the escapes that JSON demands",
    ),
    pytest.param(
        {"fields": {"text": "𠮷野家𪚥😀"}, "person": "𬭎"},
        '{"b":{},"f":{"text":"𠮷野家𪚥😀"},"h":0,"k":"new","n":"0123456789abcdef",'
        '"o":"0192f3a4b5c67000800000000000000a","p":"𬭎","r":"0192f3a4b5c67d8e9fa0b1c2d3e4f506",'
        '"s":"0192f3a4b5c67d8e9fa0b1c2d3e4f506","t":"problem","v":1}',
        "f8f23fb68a22e3f0240a8c8d50ee6127e42d5bd1",
        id="characters above U+FFFF as themselves",
    ),
    pytest.param(
        {"fields": {"leaders": ["李四", ["王五", None], True, -7, []], "is_immediate": False, "target": None}},
        '{"b":{},"f":{"is_immediate":false,"leaders":["李四",["王五",null],true,-7,[]],"target":null},'
        '"h":0,"k":"new","n":"0123456789abcdef",'
        '"o":"0192f3a4b5c67000800000000000000a","p":"张三","r":"0192f3a4b5c67d8e9fa0b1c2d3e4f506",'
        '"s":"0192f3a4b5c67d8e9fa0b1c2d3e4f506","t":"problem","v":1}',
        "3a55f8eaa1e4b95f1afac0888d60cc956f9e89b8",
        id="lists, flags and no value",
    ),
    pytest.param(
        {
            "kind": "set",
            "fields": {"deadline": "2026-12-31", "Z": 1, "_a": 2},
            "base": {"deadline": (SECOND, FIRST), "Z": ()},
            "hlc": MAX_INT,
        },
        '{"b":{"deadline":["0000000000000000000000000000000000000000","ffffffffffffffffffffffffffffffffffffffff"]},'
        '"f":{"Z":1,"_a":2,"deadline":"2026-12-31"},"h":4611686018427387904,"k":"set","n":"0123456789abcdef",'
        '"o":"0192f3a4b5c67000800000000000000a","p":"张三","r":"0192f3a4b5c67d8e9fa0b1c2d3e4f506",'
        '"s":"0192f3a4b5c67d8e9fa0b1c2d3e4f506","t":"problem","v":1}',
        "c389b018fac98479d6e95926db4598fbb76885dd",
        id="a change with two bases, keys in code-point order",
    ),
    pytest.param(
        {"table": "unit", "scope": "shared", "fields": {"name": ""}, "person": "", "schema": 2},
        '{"b":{},"f":{"name":""},"h":0,"k":"new","n":"0123456789abcdef",'
        '"o":"0192f3a4b5c67000800000000000000a","p":"","r":"0192f3a4b5c67d8e9fa0b1c2d3e4f506",'
        '"s":"shared","t":"unit","v":2}',
        "37f7bf67efc1f2e1bf119e5221b90e12597d865c",
        id="a shared row of a later schema",
    ),
]


@pytest.mark.parametrize(("parts", "text", "name"), GOLDEN)
def test_golden_op_has_these_bytes_and_this_name(parts: dict[str, Any], text: str, name: str) -> None:
    made, body = op(**parts)
    assert body == text.encode("utf-8")
    assert made.id == op_id(body) == hashlib.sha256(body).hexdigest()[:40] == name
    assert parse_op(body) == made


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=8,
).filter(lambda value: json.dumps(value).count("[") < 4)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True)
IDS = st.binary(min_size=20, max_size=20).map(bytes.hex)


@given(
    fields=st.dictionaries(NAMES, VALUES, min_size=1, max_size=6),
    bases=st.lists(IDS, max_size=5, unique=True),
    person=st.text(st.characters(codec="utf-8"), max_size=8),
    hlc=st.integers(0, MAX_INT),
)
def test_what_is_written_reads_back_the_same(fields: dict[str, Any], bases: list[str], person: str, hlc: int) -> None:
    made, body = op(fields=fields, base={min(fields): bases}, person=person, hlc=hlc)
    assert parse_op(body) == made
    assert canonical(json.loads(body)) == body


@given(body=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_but_never_crash(body: bytes) -> None:
    with pytest.raises(Refused):
        parse_op(body)


@given(data=st.data())
def test_a_changed_byte_is_refused_or_has_another_name(data: st.DataObject) -> None:
    made, body = op(fields={"text": "蒸湘区\n污水", "number": 16}, base={"text": [FIRST]})
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != body[at]))
    changed = body[:at] + bytes([other]) + body[at + 1 :]
    assert _name_or_rule(changed) != made.id


def _name_or_rule(body: bytes) -> str:
    try:
        return parse_op(body).id
    except Refused as refused:
        return refused.rule


def written(**changes: Any) -> bytes:
    """An op's JSON with some keys replaced (None: left out), in canonical writing but perhaps unsound."""
    raw = json.loads(op()[1])
    raw.update(changes)
    raw = {key: value for key, value in raw.items() if value is not ...}
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


DEEP = b"[" * 100_000 + b"]" * 100_000
UNSOUND = {
    "a float": written(f={"number": 5.0}),
    "a float in a list": written(f={"leaders": [1.5]}),
    "not a number": written(f={"number": float("nan")}),
    "infinity": written(f={"number": float("inf")}),
    "an exponent": written().replace(b'"number":5', b'"number":5e0'),
    "minus zero": written().replace(b'"number":5', b'"number":-0'),
    "a leading zero": written().replace(b'"number":5', b'"number":05'),
    "a doubled key": written().replace(b'"number":5', b'"number":5,"number":5'),
    "a doubled outer key": written().replace(b'{"b":{}', b'{"b":{},"b":{}'),
    "an extra key": written(z=1),
    "a missing key": written(n=...),
    "no object": b"[]",
    "nothing": b"",
    "blanks": written().replace(b'"number":5', b'"number": 5'),
    "a line end": written() + b"\n",
    "a byte order mark": b"\xef\xbb\xbf" + written(),
    "keys out of order": written().replace(b'{"b":{},', b"{").replace(b',"v":1}', b',"v":1,"b":{}}'),
    "a needless escape": written(p="zhang").replace(b'"zhang"', b'"zh\\u0061ng"'),
    "an escaped hanzi": written().replace("张三".encode(), b"\\u5f20\\u4e09"),
    "an upper-case escape": written(p="\x1f").replace(b"\\u001f", b"\\u001F"),
    "an escaped slash": written(p="a/b").replace(b"a/b", b"a\\/b"),
    "bad UTF-8": written(p="a").replace(b'"a"', b'"\xff"'),
    "overlong UTF-8": written(p="a").replace(b'"a"', b'"\xc1\x81"'),
    "a lone surrogate in UTF-8": written(p="\ud800"),
    "a lone surrogate escaped": written(p="a").replace(b'"a"', b'"\\ud800"'),
    "a 64-bit number": written(f={"number": 1 << 63}),
    "one more than allowed": written(f={"number": MAX_INT + 1}),
    "a huge number": written().replace(b'"number":5', b'"number":' + b"9" * 5000),
    "a negative clock": written(h=-1),
    "a clock beyond": written(h=MAX_INT + 1),
    "a clock that is a flag": written(h=True),
    "a clock that is a text": written(h="1"),
    "schema 0": written(v=0),
    "an object as value": written(f={"number": {}}),
    "a list of five levels": written(f={"leaders": [[[[[]]]]]}),
    "a deep list": written().replace(b'"number":5', b'"number":' + DEEP),
    "no field": written(f={}),
    "too many fields": written(f={f"a{i}": 1 for i in range(MAX_FIELDS + 1)}),
    "an empty field name": written(f={"": 1}),
    "a Chinese field name": written(f={"序号": 1}),
    "a field name of 65 letters": written(f={"a" * 65: 1}),
    "a table that is a list": written(t=[]),
    "a table with a quote": written(t='x"y'),
    "a person that is a number": written(p=7),
    "an unknown kind": written(k="delete"),
    "a kind that is a list": written(k=[]),
    "upper-case hex in the row": written(r=ROW.upper()),
    "upper-case hex in the office": written(o=OFFICE.upper()),
    "a row of 31 digits": written(r=ROW[1:]),
    "a row with a line end": written(r=ROW + "\n"),
    "a scope that is no row": written(s="all"),
    "a nonce of 17 digits": written(n="0123456789abcdef0"),
    "full-width hex": written(n="０" * 16),
    "a base of an unwritten field": written(b={"text": [FIRST]}),
    "an empty base list": written(b={"number": []}),
    "a base out of order": written(b={"number": [SECOND, FIRST]}),
    "a base named twice": written(b={"number": [FIRST, FIRST]}),
    "a base in upper case": written(b={"number": [SECOND.upper()]}),
    "a base that is no id": written(b={"number": [ROW]}),
    "a base that is a text": written(b={"number": FIRST}),
    "too many bases": written(b={"number": sorted(f"{i:040x}" for i in range(MAX_BASES + 1))}),
    "bases that are a list": written(b=[]),
    "more than a megabyte": written(p="x" * MAX_BODY),
}


@pytest.mark.parametrize("body", UNSOUND.values(), ids=UNSOUND.keys())
def test_unsound_op_is_refused_in_one_sentence(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parse_op(body)
    assert refused.value.rule in ("op_shape", "op_size")
    assert refused.value.sentence.endswith("。")


def test_the_ground_from_which_the_unsound_ones_were_made_is_sound() -> None:
    assert parse_op(written()).fields == {"number": 5}
    assert parse_op(written(f={"leaders": [[[[]]]]})).fields == {"leaders": [[[[]]]]}
    assert len(parse_op(written(f={f"a{i}": 1 for i in range(MAX_FIELDS)})).fields) == MAX_FIELDS
    assert parse_op(written(f={"number": -MAX_INT})).fields == {"number": -MAX_INT}
    assert parse_op(written(b={"number": sorted(f"{i:040x}" for i in range(MAX_BASES))})).base


@pytest.mark.parametrize("value", [1.0, float("nan"), "\ud800", 1 << 63, {}, (1,), b"x", {"a"}, [[[[[]]]]]])
def test_a_value_that_cannot_be_kept_is_refused_when_written(value: Any) -> None:
    with pytest.raises(Refused) as refused:
        op(fields={"text": value})
    assert refused.value.rule in ("op_shape", "op_value")


def test_a_text_of_more_than_a_megabyte_is_refused_when_written() -> None:
    with pytest.raises(Refused, match="1 MB"):
        op(fields={"text": "整" * (MAX_BODY // 3)})


def test_a_purged_op_differs_from_the_same_op_unpurged() -> None:
    assert not op()[0].purged


@pytest.mark.parametrize("body", [b'{"a":1,"a":1}', b"1.0", b"NaN", b"-Infinity", b"\xff", b"1e400", DEEP])
def test_strict_json_refuses_what_two_readers_could_read_differently(body: bytes) -> None:
    with pytest.raises(Refused):
        strict_json(body)


def test_hex_is_lower_case_ascii_of_the_exact_length() -> None:
    assert is_hex("0f" * 16, 32)
    assert not any(is_hex(text, 32) for text in ("0F" * 16, "0f" * 15, "0f" * 16 + "\n", "０" * 32, None, 5, ["0f"]))


def test_the_page_on_the_journal_shows_a_golden_op_and_names_every_key() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")
    _, text, name = GOLDEN[0].values
    assert f"    {text}\n" in page
    assert f"`{name}`" in page
    assert all(f"| `{key}` |" in page for key in json.loads(str(text)))
