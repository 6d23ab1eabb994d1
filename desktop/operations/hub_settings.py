"""default.toml for the units below: a hub that hands out the program writes into it who it is and its digits."""

from pathlib import Path

from desktop.operations.files import write_whole
from desktop.operations.packages.identities import own_keys
from desktop.rules.errors import Refused
from desktop.rules.records import Changes
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office

_TEXT = """# 首次设置：放在程序文件夹里，与程序同一层。各项含义见部署说明第六节。
district = {district}
region = {region}

[hub]
name = {name}
digits = {digits}
"""


def write_hub_settings(ledger: Ledger, target: Path) -> Changes:
    """Write the first settings that units start with; Refused while this office has no keys."""
    keys = own_keys(ledger)
    if keys is None:
        raise Refused("本单位还没有建立交换身份，请先建立，再准备下级单位的首次设置。", "no_identity")
    office = read_office(ledger)
    values = {"district": office.district, "region": office.region, "name": office.name, "digits": keys.digits}
    text = _TEXT.format(**{key: _quoted(value) for key, value in values.items()})
    write_whole(target, text.encode("utf-8"))
    return Changes(f"首次设置已写好：{target}。请放进要分发的程序文件夹，下级单位核对身份时会自动带出本单位的确认码。")


def _quoted(text: str) -> str:
    """A TOML basic string; office names hold no control characters."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
