"""The tour's page: what a district leader or a clerk sees first. One HTML file with its own style and no script."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from desktop.operations.sample.tour_papers import TourPaper, TourPhoto
from desktop.operations.show import Json
from desktop.rules.records import ACTION_WORDS, CaseState, StepAction
from desktop.rules.wording import closed, date_in_text

GUIDE = (
    (
        "读方案",
        "把印发的整改方案交给程序，问题、措施、时限、单位逐项读出，与方案所称总数核对，缺什么当场提醒，确认后才入账。",
    ),
    ("建台账", "一个问题一份档案：原文、目标、措施、责任单位、佐证材料和每一次变更都留痕，任何一天的样子都能回看。"),
    ("月调度", "按措施填进展，谁没报、哪里不合常理逐条列出；判定后冻结，这个月的表和报告以后重印一字不差。"),
    ("亮灯督办", "按规则建议亮什么灯、该催报还是该提醒、督办、约谈；核对后登记出文，逾期没有回复的天天提醒。"),
    ("收佐证", "照片和文件复制进台账，读出拍摄日期和地点；下一环节缺哪份材料，逐项点名。"),
    ("走销号", "自查自验、申请、验收、公示、备案五个环节，先后和日期由程序把关；公示期按工作日和调休推算。"),
    ("出文书", "销号请示、申请表、公示、清单、台账按公文格式一键成稿，直接送签；盖章签字的位置留空，程序不代签。"),
    ("U盘交换", "下达任务、上报进展都打成签名的数据包；合并时谁的修改都不会悄悄丢掉，不一致的由人来定。"),
)
_DONE = {CaseState.CLOSED, CaseState.STAGE_CLOSED}
_LATE = {CaseState.RETURNED, CaseState.REOPENED}
_CALM = {CaseState.RECTIFYING, CaseState.TRANSFERRED}


@dataclass(frozen=True, slots=True)
class SamplePart:
    """What the page shows of the sample ledger; ``files`` are paths relative to the page with a word for each."""

    data: Json
    earlier: tuple[Json, ...]
    papers: tuple[TourPaper, ...]
    photos: tuple[TourPhoto, ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoundingPart:
    """What the page shows of the founding plan: what was read, what was remarked, and its problem's way to closure."""

    data: Json
    title: str
    doc_no: str
    findings: tuple[str, ...]
    papers: tuple[TourPaper, ...]
    files: tuple[tuple[str, str], ...]


def index_page(
    sample: SamplePart, founding: FoundingPart, style: str, window: tuple[tuple[str, str], ...] = ()
) -> str:
    """The whole page; every link is relative, so that the folder can be moved or copied to a stick.

    ``window`` are pictures of the program's window, path and title of each.
    """
    data: Any = sample.data
    body = [
        _header(data),
        '<main class="wide">',
        _tiles(data["figures"]),
        _guide(),
        _window(window),
        _problems(data["problems"]),
        _looking_back(sample.earlier),
        _photos(sample.photos),
        _section("文书", "每一页都可以点开看大图，文书名称链接到可直接打印的 PDF。", _papers(sample.papers)),
        _founding(founding),
        _section(
            "全部文件", "台账文件夹可以用程序打开继续操作；表格可以用 WPS 或 Excel 打开。", _files(sample, founding)
        ),
        _footer(),
        "</main>",
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    title = "<title>督察整改台账　导览</title>"
    style = f"<style>\n{style}</style>"
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>{head}{title}{style}</head>\n<body>\n'
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _link(path: str) -> str:
    return escape(quote(path), quote=True)


def _day(text: str) -> str:
    return date_in_text(date.fromisoformat(text))


def _section(title: str, note: str, content: str) -> str:
    said = f'<p class="note">{escape(note)}</p>' if note else ""
    return f"<section><h2>{escape(title)}</h2>{said}{content}</section>"


def _header(data: Any) -> str:
    return (
        '<header><div class="wide">'
        f'<p class="office">{escape(data["office"])}　{_day(data["as_of"])}</p>'
        "<h1>督察整改台账</h1>"
        f'<p class="lead">{escape(data["figures"]["sentence"])}</p>'
        "</div></header>"
    )


def _tiles(figures: Any) -> str:
    shown = (
        ("total", "问题总数"),
        ("completed", "完成整改"),
        ("closed", "已销号备案"),
        ("behind", "未达序时进度"),
        ("long_term", "持续推进"),
        ("transferred", "已转入"),
    )
    tiles = "".join(f'<div class="tile"><b>{figures[key]}</b><span>{words}</span></div>' for key, words in shown)
    return f'<div class="tiles">{tiles}</div>'


def _guide() -> str:
    items = "".join(f"<li><b>{escape(title)}</b>{escape(words)}</li>" for title, words in GUIDE)
    return _section("经办人用它做什么", "", f'<ol class="steps">{items}</ol>')


def _window(pictures: tuple[tuple[str, str], ...]) -> str:
    if not pictures:
        return ""
    figures = "".join(
        f'<figure><a href="{_link(file)}"><img src="{_link(file)}" alt="{escape(words)}" loading="lazy"></a>'
        f"<figcaption>{escape(words)}</figcaption></figure>"
        for file, words in pictures
    )
    return _section("窗口", "程序的各个页面，装的是示例台账。", f'<div class="photos">{figures}</div>')


def _problems(problems: Iterable[Any]) -> str:
    heads = ("序号", "反馈问题", "来源", "牵头单位", "时限", "进度", "状态")
    rows = "".join(_problem(problem) for problem in problems)
    table = f'<div class="scroll"><table><tr>{"".join(f"<th>{h}</th>" for h in heads)}</tr>{rows}</table></div>'
    note = (
        "示例区县、单位、企业和人员均为虚构。"
        "每种情形都有一例：立行立改、分阶段、长期坚持、延期、退回、反弹、转入，还有点位、异议和督办。"
    )
    return _section("十六个问题，现在到哪一步", note, table)


def _problem(problem: Any) -> str:
    missing = f"下一环节还缺：{'、'.join(problem['missing'])}" if problem["missing"] else ""
    deadline = _day(problem["deadline"]) if problem["deadline"] else problem["deadline_text"]
    left = problem["days_left_words"]
    percent = int(problem["progress"])
    cells = (
        f'<td class="number">{problem["number"]}</td>',
        f'<td class="problem">{escape(problem["text"])}<small>{escape(missing)}</small></td>',
        f'<td class="source">{escape(problem["source"])}</td>',
        f'<td class="source">{escape("、".join(problem["units"].get("牵头单位", [])))}</td>',
        f'<td class="plain">{escape(deadline)}<small>{escape(left if left != deadline else "")}</small></td>',
        f'<td>{percent}%<div class="bar"><i style="width:{percent}%"></i></div></td>',
        f'<td><span class="chip {_shade(problem)}">{escape(problem["status"])}</span></td>',
    )
    return f"<tr>{''.join(cells)}</tr>"


def _shade(problem: Any) -> str:
    state = CaseState(problem["state"])
    if state in _DONE:
        return "done"
    return "late" if state in _LATE else "calm" if state in _CALM else "way"


def _looking_back(earlier: Iterable[Json]) -> str:
    lines = []
    for found in earlier:
        data: Any = found
        lines.append(f"<li><time>{data['as_of']}</time>{escape(data['figures']['sentence'])}</li>")
    return _section("回看任意一天", "", f'<ul class="timeline">{"".join(lines)}</ul>')


def _photos(photos: Iterable[TourPhoto]) -> str:
    figures = "".join(
        f'<figure><a href="{_link(p.file)}"><img src="{_link(p.file)}" alt="{escape(p.caption)}" loading="lazy"></a>'
        f"<figcaption>问题{p.number}　{escape(p.caption)}</figcaption></figure>"
        for p in photos
    )
    return _section(
        "佐证照片", "图片由程序绘制，带拍摄日期和经纬度，用来演示照片的收录。", f'<div class="photos">{figures}</div>'
    )


def _papers(papers: Iterable[TourPaper]) -> str:
    return "".join(_paper(paper) for paper in papers)


def _paper(paper: TourPaper) -> str:
    pages = "".join(
        f'<a href="{_link(page)}"><img src="{_link(page)}" alt="{escape(paper.name)}第{number}页" loading="lazy"></a>'
        for number, page in enumerate(paper.pages, 1)
    )
    remarks = "".join(f"<p>{escape(remark)}</p>" for remark in paper.remarks)
    noted = f'<div class="remarks">{remarks}</div>' if remarks else ""
    about = f"{paper.about}　共{len(paper.pages)}页".strip("　").replace("_", "　")
    word = f'　<a href="{_link(paper.word)}">Word</a>' if paper.word else ""
    head = f'<h3><a href="{_link(paper.file)}">{escape(paper.name)}</a></h3><span>{escape(about)}{word}</span>'
    return f'<article class="paper"><div class="head">{head}</div><div class="pages">{pages}</div>{noted}</article>'


def _founding(part: FoundingPart) -> str:
    data: Any = part.data
    problem = data["problems"][0]
    steps = "".join(_step(step) for step in problem["steps"])
    found = "".join(f"<p>{escape(sentence)}</p>" for sentence in part.findings)
    content = (
        f'<div class="paper"><div class="head"><h3>读方案时的提醒</h3></div><div class="remarks">{found}</div></div>'
        f'<div class="paper"><div class="head"><h3>第{problem["number"]}项的销号过程</h3>'
        f"<span>{escape(problem['text'])}</span></div>"
        f'<ul class="timeline">{steps}</ul></div>'
    )
    note = f"《{part.title}》（{part.doc_no}）原文直接导入。进展和环节为演示数据，不代表真实情况。"
    return _section("从印发的方案到销号备案", note, content + _papers(part.papers))


def _step(step: Any) -> str:
    words = ACTION_WORDS[StepAction(step["action"])]
    until = f"，公示至{_day(step['end'])}" if step["end"] else ""
    said = f"　{closed(step['text'])}" if step["text"] else ""
    return f"<li><time>{step['on']}</time><b>{words}</b>{escape(until + said)}</li>"


def _files(sample: SamplePart, founding: FoundingPart) -> str:
    named = [*sample.files, *founding.files]
    named += [(paper.file, "") for paper in (*sample.papers, *founding.papers)]
    items = "".join(_file(path, words) for path, words in named)
    return f'<ul class="files">{items}</ul>'


def _file(path: str, words: str) -> str:
    said = f"　{words}" if words else ""
    return f'<li><a href="{_link(path)}">{escape(path.rpartition("/")[2])}</a>{escape(said)}</li>'


def _footer() -> str:
    return (
        "<footer>本机不得处理涉密信息。示例数据由程序生成，重新运行导览会整个换新。"
        "命令行可用 python3 run.py --help 查看全部操作。</footer>"
    )
