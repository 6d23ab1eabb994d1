"""The region profile: what differs between cities, as data (``resources/regions/*.toml``).

Gate order, papers each gate needs, notice length and counting, sign-off boxes, names of the bodies that are
addressed. Nothing here is known to be the city's real form (domain §0): offices match it to theirs.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.rules.checklists import ChecklistItem, merge_checklists, parse_checklists
from desktop.rules.records import Gate, ProblemSource, StepAction
from desktop.rules.region_chasing import LadderStep, Lights, read_ladder, read_lights
from desktop.rules.toml_table import TomlTable

LAST_WORKING_DAY = "last_working_day"
BEHIND_POINTS = 20  # no rule names a threshold


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One paper or proof that a gate needs: ``key`` is stored with the evidence, ``name`` is read by people.

    ``words`` are further names by which a clerk's file or remark is recognised. ``paper`` is the paper of this
    program whose signed scan it is, ``step`` the step that is taken with it, by default that of its gate; ``or_paper``
    is another one whose scan serves as well, and which alone is asked for, as ``or_name``, after an objection.
    """

    key: str
    name: str
    required: bool = True
    words: tuple[str, ...] = ()
    paper: str = ""
    step: StepAction | None = None
    or_paper: str = ""
    or_name: str = ""


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
class DispatchRule:
    """Rhythm of the monthly dispatch (domain §6): no rule names one, so all of it is a setting.

    ``due_day`` is the day of the month by which units report, ``LAST_WORKING_DAY`` or 1–31; ``behind_points`` how many
    percentage points under the elapsed share of time a problem may be before it is suggested as behind.
    """

    due_day: str = LAST_WORKING_DAY
    rounds_per_month: int = 1
    behind_points: int = BEHIND_POINTS


@dataclass(frozen=True, slots=True)
class SignBox:
    """One sign-off box of a form: title, number of seals it must leave room for, the line to sign on."""

    key: str
    title: str
    seals: int = 1
    signer: str = "负责人（签字）："


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """Problems of these sources need the approval of an upper level for an extension; ``words`` are of such bodies."""

    sources: tuple[ProblemSource, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """One region profile.

    Names may hold ``{district}`` (蒸湘区) and ``{city}`` (衡阳市). ``order_name`` is the name of the gate order
    (hn_18hao, notice_first, accept_first, boshan_6); with ``soft_order`` another order warns, else it is refused.
    ``other_signoff`` are boxes of further papers, by the paper's key; ``notice_layout`` is the usual layout of 公示.
    ``closure_bundle`` are keys of the papers that a closure bundle holds, in its order. ``closing_standard`` and
    ``not_let_pass`` (四不放过) are asked one by one at self-check and acceptance. ``look_back_months`` after a closing
    it is looked at again, 0 where the region names no term. ``lights`` is None where the region has none, ``ladder``
    the rungs of chasing, mildest first.
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
    other_signoff: tuple[tuple[str, SignBox], ...] = ()
    notice_layout: str = ""
    closure_bundle: tuple[str, ...] = ()
    dispatch: DispatchRule = DispatchRule()
    not_let_pass: tuple[str, ...] = ()
    look_back_months: int = 0
    extension: ExtensionRule = ExtensionRule()
    checklists: tuple[ChecklistItem, ...] = ()
    lights: Lights | None = None
    ladder: tuple[LadderStep, ...] = ()

    def boxes_of(self, paper: str) -> tuple[SignBox, ...]:
        """The sign-off boxes of a paper: the profile's for that paper, else those of its closing forms."""
        boxes = tuple(box for key, box in self.other_signoff if key == paper)
        known = {"closure_application": self.signoff, "self_check": self.self_check_signoff}
        return boxes or known.get(paper, ())

    def rule_for(self, gate: Gate) -> GateRule:
        """The gate's rule; a gate the profile does not name needs no paper."""
        return next((rule for rule in self.gates if rule.gate == gate), GateRule(gate))

    def item(self, key: str) -> PaperItem | None:
        """The checklist item with this key, whichever gate it belongs to."""
        return next((p for rule in self.gates for p in rule.papers if p.key == key), None)


_PLAIN_KEYS = {"key", "name", "city", "gate_order", "soft_order", "addressee", "acceptance_body", "filing_body"}
_LIST_KEYS = {"applicants", "copies", "closing_standard", "return_reasons", "closure_bundle", "not_let_pass"}
_TABLE_KEYS = {"notice", "dispatch", "papers", "signoff", "self_check_signoff", "other_signoff"}
_MORE_KEYS = {"look_back", "extension", "checklists", "lights", "light_rules", "ladder"}


def parse_region(
    data: Mapping[str, object],
    orders: Mapping[str, object],
    file: str,
    shipped: Iterable[ChecklistItem] = (),
    own: Iterable[ChecklistItem] = (),
) -> Region:
    """The region profile from its parsed TOML and the parsed ``gate_orders.toml``.

    ``shipped`` are the checklists under the profile's own, ``own`` those of the office over them. ``file`` is the name
    shown in sentences. A missing, unknown or wrong key raises Refused naming file and key.
    """
    top = TomlTable(data, file)
    top.only(_PLAIN_KEYS | _LIST_KEYS | _TABLE_KEYS | _MORE_KEYS | {"issuing_office", "notice_layout"})
    order_name = top.one_of("gate_order", tuple(orders))
    order = TomlTable(orders, "gate_orders.toml").table(order_name)
    order.only({"name", "order", "soft", "papers"})
    sequence = _gate_order(order)
    return Region(
        key=top.text("key"),
        name=top.text("name"),
        city=top.text("city"),
        order_name=order_name,
        gate_order=sequence,
        soft_order=top.flag("soft_order", order.flag("soft")),
        gates=_gate_rules(sequence, (top, order)),
        notice=_notice(top.table("notice")),
        signoff=_boxes(top, "signoff"),
        self_check_signoff=_boxes(top, "self_check_signoff"),
        applicants=top.texts("applicants"),
        addressee=top.text("addressee"),
        acceptance_body=top.text("acceptance_body"),
        filing_body=top.text("filing_body"),
        copies=top.texts("copies", ()),
        issuing_office=top.text("issuing_office"),
        closing_standard=top.texts("closing_standard"),
        return_reasons=top.texts("return_reasons"),
        other_signoff=tuple((row.text("paper"), _box(row, ("paper",))) for row in top.tables("other_signoff")),
        notice_layout=top.text("notice_layout", ""),
        closure_bundle=top.texts("closure_bundle", ()),
        dispatch=_dispatch(top.table("dispatch")),
        not_let_pass=top.texts("not_let_pass", ()),
        look_back_months=_look_back(top.table("look_back")),
        extension=_extension(top.table("extension")),
        checklists=merge_checklists(shipped, parse_checklists(top), own),
        lights=read_lights(top),
        ladder=read_ladder(top),
    )


def fill_names(text: str, region: Region, district: str) -> str:
    """A name of the profile with ``{district}`` and ``{city}`` filled: 中共{district}委员会 → 中共蒸湘区委员会."""
    return text.replace("{district}", district).replace("{city}", region.city)


def recognise(words: str, papers: Iterable[PaperItem]) -> PaperItem | None:
    """The paper a file name or remark speaks of, by key, name or further words; the longest match wins, else None."""
    shadow = _squeezed(words)
    hits = [(len(name), paper) for paper in papers for name in _names(paper) if name in shadow]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def _names(paper: PaperItem) -> tuple[str, ...]:
    """How the paper is called: its key, its name without what stands in brackets, its further words."""
    bare = re.sub(r"（[^）]*）", "", paper.name)
    return tuple(_squeezed(name) for name in (paper.key, bare, *paper.words) if name)


def _squeezed(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).lower()


def _gate_order(order: TomlTable) -> tuple[Gate, ...]:
    names = order.texts("order")
    if sorted(names) != sorted(Gate):
        raise order.wrong("order", f"应恰好列出{'、'.join(Gate)}五个环节")
    if names.index(Gate.APPLY) < names.index(Gate.SELF_CHECK) or names[-1] != Gate.FILE:
        # Both are refused everywhere (domain §2.3), so an order that asks for them could never be walked.
        raise order.wrong("order", "应先自查自验后申请销号，并以备案结束")
    return tuple(Gate(name) for name in names)


def _gate_rules(sequence: tuple[Gate, ...], tables: tuple[TomlTable, ...]) -> tuple[GateRule, ...]:
    papers: dict[Gate, list[PaperItem]] = {gate: [] for gate in sequence}
    seen: set[str] = set()
    for table in tables:
        for row in table.tables("papers"):
            row.only({"gate", "key", "name", "required", "words", "paper", "step", "or_paper", "or_name"})
            gate = Gate(row.one_of("gate", tuple(Gate)))
            item = PaperItem(
                row.text("key"),
                row.text("name"),
                row.flag("required", True),
                row.texts("words", ()),
                row.text("paper", ""),
                StepAction(row.one_of("step", tuple(Gate), gate)),
                row.text("or_paper", ""),
                row.text("or_name", ""),
            )
            if item.key in seen:
                raise row.wrong("key", f"“{item.key}”已用于另一份材料")
            seen.add(item.key)
            papers[gate].append(item)
    return tuple(GateRule(gate, tuple(papers[gate])) for gate in sequence)


def _notice(table: TomlTable) -> NoticeRule:
    table.only({"days", "unit", "counting"})
    return NoticeRule(
        table.whole("days", 5),
        table.one_of("unit", ("working", "natural"), "working"),
        table.one_of("counting", ("first_day", "next_day"), "next_day"),
    )


def _dispatch(table: TomlTable) -> DispatchRule:
    table.only({"due_day", "rounds_per_month", "behind_points"})
    usual = DispatchRule()
    days = tuple(str(day) for day in range(1, 32))
    return DispatchRule(
        table.one_of("due_day", (LAST_WORKING_DAY, *days), usual.due_day),
        table.whole("rounds_per_month", usual.rounds_per_month),
        table.whole("behind_points", usual.behind_points),
    )


def _look_back(table: TomlTable) -> int:
    table.only({"months"})
    return table.whole("months") if "months" in table.data else 0


def _extension(table: TomlTable) -> ExtensionRule:
    table.only({"upper_sources", "upper_words"})
    sources = table.texts("upper_sources", ())
    unknown = [source for source in sources if source not in set(ProblemSource)]
    if unknown:
        raise table.wrong("upper_sources", f"写有“{unknown[0]}”，只能填写{'、'.join(ProblemSource)}")
    return ExtensionRule(tuple(ProblemSource(source) for source in sources), table.texts("upper_words", ()))


def _boxes(top: TomlTable, key: str) -> tuple[SignBox, ...]:
    boxes = tuple(_box(row) for row in top.tables(key))
    if not boxes:
        raise top.wrong(key, "至少应有一个签批栏")
    return boxes


def _box(row: TomlTable, more: tuple[str, ...] = ()) -> SignBox:
    row.only({"key", "title", "seals", "signer", *more})
    signer = row.text("signer", SignBox("", "").signer)
    return SignBox(row.text("key"), row.text("title"), row.whole("seals", 1), signer)
