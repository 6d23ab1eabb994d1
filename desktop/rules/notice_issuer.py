"""Who signs a public notice: read from its text, and compared with the problem's own units (domain §13.6)."""

import re
import unicodedata
from collections.abc import Sequence

from desktop.rules.checks import check_issuer
from desktop.rules.records import CaseFile, Unit

_DATE = re.compile(r"[(]?\d{4}年\d{1,2}月\d{1,2}日[)]?$")
_NO_SIGNATURE = re.compile(
    r"电话|联系|地址|邮箱|邮编|监督|附件|网址|https?:|公开发布|主动公开|社会公开|抄送|印发$|特此公示"
)
_BODY = re.compile(
    r"[^。；;，,:：!?]{2,28}(?:局|委|办|室|府|会|院|队|所|站|处|厅|部|厂|中心|公司|集团|镇|乡|街道|社区|专班|小组|法院|学校|医院)"
)
_NAMED = re.compile(r"(?:公示单位|发布单位|公示机关|落款单位|落款)[:：]\s*(.+)")


def read_issuers(text: str) -> tuple[str, ...]:
    """The bodies that sign a notice: those named as 公示单位, else the lines above its last date; empty for none."""
    lines = [unicodedata.normalize("NFKC", line).strip() for line in text.splitlines() if line.strip()]
    named = [found[1] for line in lines if (found := _NAMED.search(line))]
    if named:
        return tuple(part for part in re.split(r"[、，,;；\s]+", named[-1].rstrip("。")) if part)
    return _signature(lines)


def _signature(lines: Sequence[str]) -> tuple[str, ...]:
    """The last lines that are names of bodies, under a text and above or beside its date."""
    found: list[str] = []
    for line in reversed(lines):
        bare = _DATE.sub("", line).strip(" 　()")
        if not bare or (not found and _NO_SIGNATURE.search(line)):
            continue
        parts = [part for part in re.split(r"[、\s]+", bare) if part]
        if not all(_BODY.fullmatch(part) for part in parts):
            break
        found = parts + found
    # A text of nothing but names is a list, not a signed notice.
    is_signed = len(found) < sum(len(re.split(r"[、\s]+", line)) for line in lines)
    return tuple(dict.fromkeys(found)) if is_signed else ()


def issuer_doubts(case: CaseFile, text: str, units: Sequence[Unit] = ()) -> tuple[str, ...]:
    """A sentence for each body that signs without being a lead or responsible unit; none where nobody signs."""
    return tuple(finding.sentence for name in read_issuers(text) for finding in check_issuer(case, name, units))
