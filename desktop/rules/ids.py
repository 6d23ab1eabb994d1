"""Names of rows: time-ordered random ids, and ids derived from the issued plan so that two offices agree."""

import re
import unicodedata
from uuid import UUID, uuid5

_ROWS = UUID("6f0d5c1e-8b1a-5d6f-9f0e-2a7c4be31d18")
_BRACKETS = str.maketrans("〔［【﹝", "((((") | str.maketrans("〕］】﹞", "))))") | str.maketrans("[]", "()")


def new_id(now_ms: int, entropy: bytes) -> str:
    """A UUIDv7 as 32 hex digits from the wall clock and 10 random bytes."""
    stamp = (now_ms & ((1 << 48) - 1)).to_bytes(6, "big")
    noise = bytearray(entropy[:10])
    noise[0] = 0x70 | (noise[0] & 0x0F)
    noise[2] = 0x80 | (noise[2] & 0x3F)
    return (stamp + bytes(noise)).hex()


def fold_doc_no(doc_no: str) -> str:
    """A 文号 in one writing: half width, one kind of bracket, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", doc_no.translate(_BRACKETS)).translate(_BRACKETS))


def derived_id(*parts: str | int) -> str:
    """The id of a row that comes from an issued plan or a set: uuid5 over its parts (exchange §6a).

    For a plan's rows the first part is the 文号 through ``fold_doc_no``, then record kind and numbers.
    """
    return uuid5(_ROWS, "\x1f".join(str(part) for part in parts)).hex
