"""What a telephone number may look like."""

import re
import unicodedata

_PHONES = re.compile(r"[+\d][\d\-() ]{2,19}(?:转\d{1,6})?(?:[、,;/ ]+[+\d][\d\-() ]{2,19}(?:转\d{1,6})?)*")


def phone_fault(text: str) -> str:
    """A sentence when the text is no telephone number; several may stand in it, empty is in order."""
    shadow = unicodedata.normalize("NFKC", text).strip()
    return "" if not shadow or _PHONES.fullmatch(shadow) else f"“{text.strip()}”不像电话号码，请核对"
