"""The region profile: what differs between cities, as data (``resources/regions/*.toml``).

Gate order, papers each gate needs, notice length and counting, sign-off boxes, names of the bodies that are
addressed. Nothing here is known to be the city's real form (domain §0): offices match it to theirs.
"""

from dataclasses import dataclass

from desktop.rules.records import Gate


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One paper or proof that a gate needs: ``key`` is stored with the evidence, ``name`` is read by people.

    ``words`` are further names by which a clerk's file or remark is recognised.
    """

    key: str
    name: str
    required: bool = True
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateRule:
    """One gate of the region's order with the papers that must be on file before it is passed."""

    gate: Gate
    papers: tuple[PaperItem, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """Length of the public notice (domain §3.1–3.2): ``unit`` working/natural, ``counting`` first_day/next_day."""

    days: int = 5
    unit: str = "working"
    counting: str = "next_day"


@dataclass(frozen=True, slots=True)
class SignBox:
    """One sign-off box of a form: title, number of seals it must leave room for, the line to sign on."""

    key: str
    title: str
    seals: int = 1
    signer: str = "负责人（签字）："


@dataclass(frozen=True, slots=True)
class Region:
    """One region profile.

    Names may hold ``{district}`` (蒸湘区) and ``{city}`` (衡阳市). ``order_name`` is the name of the gate order
    (hn_18hao, notice_first, accept_first, boshan_6); with ``soft_order`` another order warns, else it is refused.
    """

    key: str
    name: str
    city: str
    order_name: str
    gate_order: tuple[Gate, ...]
    soft_order: bool
    gates: tuple[GateRule, ...]
    notice: NoticeRule
    signoff: tuple[SignBox, ...]
    self_check_signoff: tuple[SignBox, ...]
    applicants: tuple[str, ...]
    addressee: str
    acceptance_body: str
    filing_body: str
    copies: tuple[str, ...]
    issuing_office: str
    closing_standard: tuple[str, ...]
    return_reasons: tuple[str, ...]

    def rule_for(self, gate: Gate) -> GateRule:
        """The gate's rule; a gate the profile does not name needs no paper."""
        return next((rule for rule in self.gates if rule.gate == gate), GateRule(gate))

    def item(self, key: str) -> PaperItem | None:
        """The checklist item with this key, whichever gate it belongs to."""
        return next((p for rule in self.gates for p in rule.papers if p.key == key), None)
