"""Numbers of automatic numbering as Word shows them: 一, 甲, ①, IV, a … (the formats of ``w:numFmt``)."""

from collections.abc import Callable

from desktop.plans.numbers import CIRCLED, to_chinese

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def shown(number: int, form: str) -> str:
    """A counter in a format of ``w:numFmt``; a format not known is written as a plain number, 0 as itself."""
    if form in ("bullet", "none"):
        return ""
    maker = _MAKERS.get(form)
    return maker(number) if maker and number > 0 else str(number)


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """一 … 九十九 counted, then digit by digit."""
    return to_chinese(number) if number < 100 else _digits(number)


def _legal(number: int) -> str:
    """壹, 贰 … 壹拾贰: the ten is counted too."""
    return ("一" if 10 <= number < 20 else "").join(("", to_chinese(number))).translate(_LEGAL)


def _cycled(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number <= len(signs) else str(number)


def _letters(number: int) -> str:
    """A … Z, then AA, BB …"""
    return chr(65 + (number - 1) % 26) * min(20, (number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if number > 4000:
        return str(number)
    found = ""
    for size, sign in _ROMAN:
        found += sign * (number // size)
        number %= size
    return found


def _circled(number: int) -> str:
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"({number})"


_MAKERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "japaneseCounting": to_chinese,
    "koreanCounting": to_chinese,
    "chineseCountingThousand": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "ideographTraditional": _cycled(_STEMS),
    "ideographZodiac": _cycled(_BRANCHES),
    "ideographEnclosedCircle": lambda number: f"({to_chinese(number)})",
}
_MAKERS["decimalFullWidth2"] = _MAKERS["decimalFullWidth"]
