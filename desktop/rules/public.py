"""What must not stand in the public version (公开版): phones, persons, accountability, letters (domain §10).

A text is rewritten, never trusted: ``public_text`` takes out what it finds, ``private_in`` says whether anything of
the kind is left, so that the finished file can be checked by another way than the one that made it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PHONE_OUT, LETTER_OUT, SENTENCE_OUT = "（略）", "（编号略）", "（略）"
LETTER_CASE_OUT = "（信访件，内容不公开）"
_PHONES = (
    r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)"
    r"|(?<!\d)[(（]?0\d{2,3}[)）]?[-－—–\s]?[2-9]\d{6,7}(?!\d)"
    r"|(?<=电话)[：:\s]*\d{7,8}(?!\d)"
    r"|(?<=电话号码)[：:\s]*\d{7,8}(?!\d)"
)
_IDENTITY = r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])"
_LETTERS = r"(?<![A-Za-z\d])[DX]\d?[A-Z]{2}\d{12}(?!\d)|(?<![A-Za-z\d])[DX]\d{18}(?!\d)"
_ROUNDS = 8  # what is taken out may bring the parts around it together
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？]?")


@dataclass(frozen=True, slots=True)
class Private:
    """What this ledger knows that others may not read.

    ``names`` of persons, ``phones`` as they are written, ``kept`` names of units that hold a person's name by chance
    and stay whole, ``words`` each of which makes its sentence one of accountability.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pattern: re.Pattern[str] = re.compile("(?!)")


def private_of(names: Iterable[str], phones: Iterable[str], kept: Iterable[str], words: Iterable[str] = ()) -> Private:
    """What is private, ready for searching; a name of one character is none."""
    people = tuple(dict.fromkeys(name.strip() for name in names if _is_name(name.strip())))
    known = tuple(dict.fromkeys(phone.strip() for phone in phones if len(phone.strip()) > 4))
    whole = tuple(dict.fromkeys(name.strip() for name in kept if any(person in name for person in people)))
    parts = (
        ("kept", _any(whole)),
        ("name", _any(people)),
        ("letter", _LETTERS),
        ("phone", "|".join((rf"(?<!\d)(?:{_any(known) or '(?!)'})(?!\d)", _IDENTITY, _PHONES))),
    )
    pattern = re.compile("|".join(f"(?P<{name}>{words})" for name, words in parts if words))
    return Private(people, known, whole, tuple(words), pattern)


def _is_name(name: str) -> bool:
    return len(name) > 1 and not name.endswith("某")


def _any(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


def public_text(text: str, private: Private) -> str:
    """The text as the public may read it: 王建国 → 王某, a phone → （略）, a sentence of accountability → （略）."""
    text = _without_sentences(text, private)
    for _ in range(_ROUNDS):
        text, count = private.pattern.subn(_put_out, text)
        if not count or not private_in(text, private):
            break
    return text


def _put_out(found: re.Match[str]) -> str:
    words = found.group()
    if found.lastgroup == "kept":
        return words
    if found.lastgroup == "name":
        return words[0] + "某"
    return LETTER_OUT if found.lastgroup == "letter" else PHONE_OUT


def _without_sentences(text: str, private: Private) -> str:
    """The text without the sentences of accountability, line by line; what is left empty says that it was more."""
    if not any(word in text for word in private.words):
        return text
    lines = []
    for line in text.split("\n"):
        kept = [part for part in _SENTENCE.findall(line) if part and not any(w in part for w in private.words)]
        lines.append("".join(kept) or SENTENCE_OUT if line else line)
    return "\n".join(lines)


def private_in(text: str, private: Private) -> tuple[str, ...]:
    """The names, phones and letter numbers that stand in a text, each once; empty for a text fit for the public."""
    found = (match for match in private.pattern.finditer(text) if match.lastgroup != "kept")
    return tuple(dict.fromkeys(match.group().strip() for match in found))
