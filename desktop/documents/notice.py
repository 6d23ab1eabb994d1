"""公示 (domain §4 F7) in several layouts: tables as of 衡阳雁峰 and 渌口, running text as of 君山, 大通湖 and 宿州."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from desktop.documents.asking import answers_of, unanswered
from desktop.documents.case_states import full_names
from desktop.documents.case_texts import build_case_text
from desktop.documents.fields import (
    PHONE,
    case_of,
    case_words,
    contact_lines,
    date_or_blank,
    head_words,
    notice_dates,
)
from desktop.documents.flow import Cell, Note, Row, Style, paginate
from desktop.documents.fonts import Role
from desktop.documents.forms import FormType, plain_title, read_pairs, read_type, title_rows
from desktop.documents.grid import MM
from desktop.documents.model import OfficialPaper
from desktop.documents.page import FormPaper, Page, read_page
from desktop.documents.pen import Pen
from desktop.documents.template import Section, load_template
from desktop.rules.checks import check_issuer
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperRequest
from desktop.rules.paper_kinds import NOTICE_LAYOUTS, template_of
from desktop.rules.records import CaseFile, StepAction, UnitRole
from desktop.rules.wording import date_in_text, latest_step

KEY, NAME = "public_notice", "公示"
_INDENT = "　　"
_ROLES = {"lead_units": UnitRole.LEAD, "responsible_units": UnitRole.RESPONSIBLE}
_GAP = 6 * MM
_CLOSER = (1.0, 0.95, 0.9, 0.86)
"""Shares of the leading that are tried so that a notice, which is hung up and put on the web, stays on one page."""


def make_notice(request: PaperRequest, folder: Path | None = None) -> OfficialPaper | FormPaper:
    """The public notice of the request's case in the layout asked for, else the region's usual one."""
    case = case_of(request, NAME)
    template = load_template(template_of(KEY, _layout_of(request)), folder)
    # A notice is dated the day it goes up, whatever the date of the application.
    on = request.notice_start or request.on
    if "sections" in template.data:
        remarks = _remarks(request, case, _signers(request, case, tuple(_ROLES.values())))
        return build_case_text(KEY, replace(request, bodies=(), on=on), template, remarks)
    template.only(("sheet", "title", "lead", "type", "rows", "sign", "ask"))
    fields = case_words(request, case) | {"closing_opinion": closing_opinion(request, case)}
    answers = answers_of(template, request, fields)
    words = head_words(request) | answers | {"issued": date_or_blank(on)}
    page = read_page(template, words)
    issuers = _issuers(template, request, case)
    about = plain_title(template, words), "、".join(issuers), on
    remarks = (*_remarks(request, case, issuers), *unanswered(template, request, fields))

    def rows(pen: Pen) -> list[Row]:
        return _rows(partial(_rows_at, template, page, pen, words, fields | answers, issuers), page, pen)

    return FormPaper(page, *about, rows, remarks)


def _layout_of(request: PaperRequest) -> str:
    layout = request.layout or request.region.notice_layout or "yanfeng"
    if layout not in NOTICE_LAYOUTS:
        raise Refused(f"没有“{layout}”这种公示样式，未打印；可用的有：{'、'.join(NOTICE_LAYOUTS)}。", "notice_layout")
    return layout


def closing_opinion(request: PaperRequest, case: CaseFile) -> str:
    """销号意见: who accepted and when, and that it may be struck off; empty before the acceptance."""
    step = latest_step(case, StepAction.ACCEPT)
    if not step:
        return ""
    by = "、".join(full_names(request, case, UnitRole.CITY_ACCEPTANCE, UnitRole.ACCEPTING)) or "验收单位"
    return f"{date_in_text(step.on)}经{by}验收，达到销号标准，同意销号。"


def _rows(at: Callable[[float], Iterable[Row]], page: Page, pen: Pen) -> list[Row]:
    """The rows, a little closer where they then stay on one page; else as the template has them."""
    tried = (list(at(share)) for share in _CLOSER)
    usual = next(tried)
    for rows in chain((usual,), tried):
        if len(list(islice(paginate(rows, pen.broken, page.room, page.room), 2))) == 1:
            return rows
    return usual


def _rows_at(
    template: Section,
    page: Page,
    pen: Pen,
    words: Mapping[str, str],
    fields: Mapping[str, str],
    issuers: tuple[str, ...],
    share: float,
) -> Iterator[Row]:
    form = read_type(template, page.inner)
    form = replace(form, label=_closer(form.label, share), value=_closer(form.value, share))
    title = template.part("title")
    title.only(("text",))
    yield from title_rows(title.filled("text", words), page, (words["district"], words["inspection"]))
    lead = template.part("lead")
    lead.only(("text",))
    style = _closer(_lead_style(template, form), share)
    if text := lead.filled("text", words, ""):
        yield Row((Cell(_INDENT + text, page.inner, style),), boxed=False)
        yield Row((), height=_GAP / 2, boxed=False)
    for section in template.parts("rows"):
        yield from read_pairs(section, fields, form)
    yield from _sign_rows(template, page, pen, words, issuers, style)


def _closer(style: Style, share: float) -> Style:
    return replace(style, leading=style.leading * share)


def _lead_style(template: Section, form: FormType) -> Style:
    section = template.part("type")
    size = section.number("lead_size_pt", 10, 22, form.value.size)
    leading = section.number("lead_leading_pt", size * 1.1, size * 2.5, size * 1.75)
    return Style(Role.FANG, size, leading, 0, 4)


def _issuers(template: Section, request: PaperRequest, case: CaseFile) -> tuple[str, ...]:
    """Who signs: lead or responsible units of the problem (a notice signed by others came back), or the bodies."""
    section = template.part("sign")
    section.only(("by", "seal_mm"))
    by = section.one_of("by", (*_ROLES, "bodies"), "lead_units")
    if by == "bodies":
        return request.bodies
    return _signers(request, case, (_ROLES[by], *_ROLES.values()))


def _signers(request: PaperRequest, case: CaseFile, roles: tuple[UnitRole, ...]) -> tuple[str, ...]:
    """The units of the first of these roles that anybody holds."""
    return next((names for role in roles if (names := full_names(request, case, role))), ())


def _sign_rows(
    template: Section, page: Page, pen: Pen, words: Mapping[str, str], issuers: tuple[str, ...], style: Style
) -> Iterator[Row]:
    """落款 with room for a seal over each name, the date under the last one."""
    seal = template.part("sign").number("seal_mm", 42, 60, 45) * MM
    slot = page.inner / 2
    names = list(issuers) or [" " * 8]
    widest = max(pen.measure(name, style.role, style.size) for name in names)
    per_row = 2 if len(names) > 1 and widest <= slot else 1
    height = seal + _GAP
    while names:
        row, names = names[:per_row], names[per_row:]
        notes = []
        for place, name in enumerate(reversed(row)):
            half = max(pen.measure(name, style.role, style.size) / 2, seal / 2)
            centre = page.inner - half - (0 if per_row > 1 else min(2 * style.size, slot - half if half < slot else 0))
            centre = centre if per_row == 1 else page.inner - slot * (place + 0.5)
            notes.append(Note(name, centre, seal / 2, "center"))
            if not names and not place:
                notes.append(Note(words["issued"], centre, seal / 2 - style.leading, "center"))
        cell = Cell("", page.inner, style, notes=tuple(notes))
        yield Row((cell,), height, whole=True, stays=True, boxed=False)


def _remarks(request: PaperRequest, case: CaseFile, issuers: tuple[str, ...]) -> tuple[str, ...]:
    """落款 that does not match, places left to fill in by hand."""
    wrong = [finding for name in issuers for finding in check_issuer(case, name, request.ledger.units)]
    remarks = [f"{finding.sentence}，否则容易被退回。" for finding in wrong]
    if not issuers:
        remarks.append("本问题没有牵头单位和责任单位，公示落款留空。")
    if any(line.endswith(PHONE) for line in contact_lines(request, case).split("\n")):
        remarks.append("反馈部门有单位没有登记电话，公示上留空待填。")
    if None in notice_dates(request):
        remarks.append("公示起止时间未定，公示上留空待填。")
    return tuple(remarks)
