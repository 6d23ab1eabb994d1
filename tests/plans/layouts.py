"""Layouts in which offices write their lists: each renders an invented plan as the bytes of a docx or xlsx."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.plans.invented import GROUPS, Invented, marker, number_words
from tests.plans.office import cell, docx, merged, numbered, par, table, xlsx

Row = list[str | None]
HEADS = {
    "number": ["序号", "序 号", "编号", "问题\n序号"],
    "text": ["反馈问题", "存在问题", "督察反馈\n问题", "整改任务", "具体问题", "问题描述", "问题"],
    "target": ["整改目标", "整改\n目标", "整改 目标", "目标要求"],
    "measures": ["整改措施", "整改\n措施", "具体措施", "主要措施"],
    "deadline_text": ["整改时限", "完成时限", "整改期限", "整改完成\n时限", "完成时限（年月）"],
    "leaders": ["牵头区领导", "责任领导", "包案领导", "牵头\n领导", "牵头县级领导"],
    "lead_units": ["牵头单位", "牵头部门", "牵头\n单位"],
    "responsible_units": ["责任单位", "整改责任单位", "责任\n单位", "责任部门", "责任主体"],
    "acceptance_units": ["验收单位", "督导验收单位", "督导单位", "验收销号单位", "督导验收\n部门"],
}
FIELDS = tuple(HEADS)
NOTE = "注：各责任单位每月25日前报送进展。"


def heads(rng: random.Random) -> dict[str, str]:
    """One way to name the fields."""
    return {key: rng.choice(names) for key, names in HEADS.items()}


def words(plan: Invented, index: int, rng: random.Random) -> dict[str, str]:
    """The words of every field of one problem but its measures."""
    problem = plan.problems[index]
    number = problem["number"]
    styles = [str(number)] * 4 + [number_words(number), f"（{number_words(number)}）", f"第{number}项", f"{number}."]
    found = {key: problem[key] for key in ("text", "target", "deadline_text")}
    found["number"] = random.Random(len(plan.problems) * 31 + plan.problems[0]["number"]).choice(styles)
    sign = rng.choice(["、", "、", "，", "\n"])
    found["leaders"] = rng.choice(["、", " ", "\n", "，"]).join(problem["leaders"])
    for key in ("lead_units", "responsible_units", "acceptance_units"):
        found[key] = sign.join(problem[key])
    return found


def measures(plan: Invented, index: int) -> list[str]:
    """The measures of one problem with their markers."""
    problem = plan.problems[index]
    texts = [measure["text"] for measure in problem["measures"]]
    if not problem["style"]:
        return texts
    return [marker(problem["style"], number) + text for number, text in enumerate(texts, 1)]


def body(plan: Invented, order: list[str], rng: random.Random, blank: str | None) -> list[Row]:
    """Rows of a large table with a row for each measure; ``blank`` (None for merged) fills the cells beside them."""
    rows: list[Row] = []
    for index in range(len(plan.problems)):
        own = words(plan, index, rng)
        for number, text in enumerate(measures(plan, index)):
            rows.append([text if key == "measures" else own[key] if not number else blank for key in order])
    return rows


def shuffled(rng: random.Random) -> list[str]:
    """The number first, the other columns in any order."""
    rest = list(FIELDS[1:])
    if rng.random() < 0.5:
        rng.shuffle(rest)
    return ["number", *rest]


def total_words(plan: Invented) -> str:
    """The sentence with the total, where the plan has one."""
    total = plan.truth["plan"]["stated_total"]
    return f"经梳理，共涉及整改问题{total}个。" if total else ""


def preface(plan: Invented) -> str:
    """Title and the sentence with the total, as paragraphs."""
    return par(plan.title) + (par(total_words(plan)) if total_words(plan) else "")


def merged_table(plan: Invented, rng: random.Random) -> bytes:
    """A Word table with a row for each measure, everything else merged vertically."""
    order, names = shuffled(rng), heads(rng)
    return docx(preface(plan) + merged([[names[key] for key in order], *body(plan, order, rng, None)]))


def blank_table(plan: Invented, rng: random.Random) -> bytes:
    """A Word table with a row for each measure and empty cells beside it."""
    order, names = shuffled(rng), heads(rng)
    return docx(preface(plan) + table([[names[key] for key in order], *_full(body(plan, order, rng, ""))]))


def cell_rows(plan: Invented, order: list[str], rng: random.Random) -> list[list[str]]:
    """A row for each problem, its measures as lines of one cell."""
    rows = []
    for index in range(len(plan.problems)):
        own = words(plan, index, rng) | {"measures": "\n".join(measures(plan, index))}
        rows.append([own[key] for key in order])
    return rows


def grouped_table(plan: Invented, rng: random.Random) -> bytes:
    """A Word table with all measures in one cell, group rows across it, and its head repeated."""
    order, names = shuffled(rng), heads(rng)
    head = [names[key] for key in order]
    rows: list[list[str]] = [head]
    for index, row in enumerate(cell_rows(plan, order, rng)):
        if index % 3 == 0:
            rows.append([cell(GROUPS[index // 3 % 3], len(order))])
        if index == 2:
            rows.append(head)
        rows.append(row)
    rows.append([cell(NOTE, len(order))])
    return docx(preface(plan) + table(rows))


def pairs(plan: Invented, rng: random.Random, index: int, names: dict[str, str]) -> list[tuple[str, str]]:
    """Labels and values of one problem."""
    own = words(plan, index, rng) | {"measures": "\n".join(measures(plan, index))}
    return [(names[key].replace("\n", ""), own[key]) for key in FIELDS]


def two_columns(plan: Invented, rng: random.Random) -> bytes:
    """A Word table of label and value for each problem."""
    names = heads(rng)
    tables = [table(pairs(plan, rng, index, names)) for index in range(len(plan.problems))]
    return docx(preface(plan) + par().join(tables))


def four_columns(plan: Invented, rng: random.Random) -> bytes:
    """The same with two pairs in a row where the values are short."""
    names = heads(rng)
    tables = []
    for index in range(len(plan.problems)):
        own = dict(zip(FIELDS, pairs(plan, rng, index, names), strict=True))
        rows = [[own[key][0], cell(own[key][1], 3)] for key in ("text", "target", "measures")]
        short = [own[key] for key in ("deadline_text", "leaders", "lead_units", "responsible_units")]
        rows.insert(0, [*own["number"], own["acceptance_units"][0], own["acceptance_units"][1]])
        rows += [[*short[0], *short[1]], [*short[2], *short[3]]]
        tables.append(table(rows))
    return docx(preface(plan) + par().join(tables))


def titled_tables(plan: Invented, rng: random.Random) -> bytes:
    """The number and the problem stand in a paragraph above the table of each problem."""
    names = heads(rng)
    parts = [preface(plan)]
    for index, problem in enumerate(plan.problems):
        head = f"{number_words(problem['number'])}、{problem['text']}"
        parts += [par(head), table(pairs(plan, rng, index, names)[2:])]
    return docx("".join(parts))


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{first}"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/><w:suff w:val="nothing"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
FORMS = {"1.": ("decimal", "%2."), "1、": ("decimal", "%2、"), "（一）": ("chineseCountingThousand", "（%2）")}
FORMS |= {"（1）": ("decimal", "（%2）"), "①": ("decimalEnclosedCircle", "%2"), "一是": ("chineseCounting", "%2是")}


def auto_numbered(plan: Invented, rng: random.Random) -> bytes:
    """Paragraphs with automatic numbers: 一、 for the problems, another level for the measures."""
    names = {key: name.replace("\n", "").replace(" ", "") for key, name in heads(rng).items()}
    names |= {"text": "", "deadline_text": names["deadline_text"].partition("（")[0]}
    style = plan.problems[0]["style"]
    form, text = FORMS.get(style, ("decimal", "%2."))
    parts = [preface(plan)]
    for index, problem in enumerate(plan.problems):
        own = words(plan, index, rng)
        texts = [measure["text"] for measure in problem["measures"]]
        parts += [numbered(problem["text"], 1), par(f"{names['target']}：{own['target']}")]
        parts += [par(f"{names['measures']}："), *(numbered(line, 1, 1) if style else par(line) for line in texts)]
        for key in FIELDS[4:]:
            parts.append(par(f"{names[key]}：{own[key].replace(chr(10), '、')}"))
    first = plan.problems[0]["number"]
    return docx("".join(parts), numbering=NUMBERING.format(first=first, form=form, text=text))


def front_chapters(plan: Invented, rng: random.Random) -> bytes:
    """A whole plan with chapters of its own before and behind the table."""
    order, names = shuffled(rng), heads(rng)
    front = "".join(
        par(text)
        for text in (
            "青柳区突出环境问题整改工作领导小组文件",
            "青环改〔2025〕3号",
            "关于印发整改清单的通知",
            "一、总体要求",
            "坚持问题导向，压实整改责任。",
            "二、工作目标",
            "（一）2025年底前完成阶段任务。",
            "三、保障措施",
            "加强组织领导，严格销号管理。",
            "附件",
        )
    )
    back = par("抄送：市整改办。")
    return docx(front + preface(plan) + merged([[names[k] for k in order], *body(plan, order, rng, None)]) + back)


def _full(rows: list[Row]) -> list[list[str]]:
    return [[text or "" for text in row] for row in rows]


def _sheet(plan: Invented, rng: random.Random, merge: bool) -> Callable[[Any], None]:
    order, names = shuffled(rng), heads(rng)
    rows = body(plan, order, rng, None if merge else "")

    def fill(sheet: Any) -> None:
        width = len(order)
        total = plan.truth["plan"]["stated_total"]
        sheet.append([plan.title])
        sheet.append([f"共{total}个问题。" if total else "单位：青柳区整改办"])
        sheet.append([names[key] for key in order])
        for row in rows:
            sheet.append([_value(key, text, rng) for key, text in zip(order, row, strict=True)])
        sheet.append([NOTE])
        for line in (1, 2):
            sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=width)
        if not merge:
            return
        for column, key in enumerate(order, 1):
            start = 4
            for problem in plan.problems:
                end = start + len(problem["measures"]) - 1
                if key != "measures" and end > start:
                    sheet.merge_cells(start_row=start, end_row=end, start_column=column, end_column=column)
                start = end + 1

    return fill


def _value(key: str, text: str | None, rng: random.Random) -> object:
    """Numbers as numbers and plain dates as real dates, as a clerk types them."""
    if text and key == "number" and text.isdigit():
        return int(text)
    if text and key == "deadline_text" and text.endswith("日") and rng.random() < 0.7:
        year, month, day = (int(part) for part in text.replace("年", "-").replace("月", "-").rstrip("日").split("-"))
        return date(year, month, day)
    return text


def merged_sheet(plan: Invented, rng: random.Random) -> bytes:
    """A sheet with a title, a line of figures, merged cells and a note under the table."""
    return xlsx(_sheet(plan, rng, True), "整改清单")


def blank_sheet(plan: Invented, rng: random.Random) -> bytes:
    """The same with empty cells beside further measures, behind a sheet of notes."""
    notes = [["填表说明"], ["1.本表由各责任单位填写。"], ["2.整改时限填写到日。"]]
    return xlsx(notes, "说明", 清单=_sheet(plan, rng, False))


def cell_sheet(plan: Invented, rng: random.Random) -> bytes:
    """A sheet with a head of two rows and all measures in one cell."""
    names = heads(rng)
    top = ["number", "text", "整改要求", None, None, "责任分工", None, None, None]
    rows = cell_rows(plan, list(FIELDS), rng)

    def fill(sheet: Any) -> None:
        sheet.append([plan.title])
        sheet.append([names.get(key or "", key) for key in top])
        sheet.append([None, None, *(names[key] for key in FIELDS[2:])])
        for row in rows:
            sheet.append(row)
        sheet.append([total_words(plan) or None])
        for merge in ("A1:I1", "A2:A3", "B2:B3", "C2:E2", "F2:I2"):
            sheet.merge_cells(merge)

    return xlsx(fill)


def sheet_for_each(plan: Invented, rng: random.Random) -> bytes:
    """Label and value, one sheet for each problem."""
    names = heads(rng)
    found = {f"问题{p['number']}": pairs(plan, rng, index, names) for index, p in enumerate(plan.problems)}
    (first, rows), *others = found.items()
    return xlsx([[plan.title], [total_words(plan)], *rows], first, **dict(others))


def two_sheets(plan: Invented, rng: random.Random) -> bytes:
    """The list goes on in a second sheet."""
    order, names = shuffled(rng), heads(rng)
    rows = cell_rows(plan, order, rng)
    half = len(rows) // 2
    head = [names[key] for key in order]
    first = [[plan.title], [total_words(plan)], head, *rows[:half]]
    return xlsx(first, "2025年", 长期坚持=[[plan.title], head, *rows[half:]])


LAYOUTS: dict[str, Callable[[Invented, random.Random], bytes]] = {
    made.__name__: made
    for made in (
        merged_table,
        blank_table,
        grouped_table,
        two_columns,
        four_columns,
        titled_tables,
        auto_numbered,
        front_chapters,
        merged_sheet,
        blank_sheet,
        cell_sheet,
        sheet_for_each,
        two_sheets,
    )
}
