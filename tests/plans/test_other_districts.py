"""Plans as districts elsewhere write them, made up for this: each is read as a person reads it."""

import io
from collections.abc import Iterable
from datetime import date

import pytest
from docx import Document
from openpyxl import Workbook

from desktop.plans.aliases import Aliases
from desktop.plans.as_json import plan_as_json
from desktop.plans.read import read_plan
from desktop.plans.units import by_role
from tests.plans.conftest import normal

# Fields on lines of their own below a heading without a colon; who leads and who assists stands in the list itself.
TASKS = """白沙区生态环境保护督察反馈问题整改任务清单

任务一
问题描述：白沙港3个装卸作业区未建设初期雨水收集设施，散货露天堆放，扬尘和污水入江。
整改目标
全部装卸作业区建成初期雨水收集设施，散货入棚。
整改措施
1.区交通运输局组织编制整治方案，2024年8月底前完成。
2.港口企业建设初期雨水池3座、封闭料棚2万平方米，2025年5月底前完成。
3.加强日常监管，每季度开展联合执法。
整改时限
2025年6月底
责任单位
区交通运输局、白沙港务有限公司
包案领导
刘启明（区委常委、区政府党组成员）
验收单位
市交通运输局

任务二
问题描述：清溪河石桥断面2023年有4个月未达到Ⅲ类，总磷超标0.35倍。
整改目标
2024年石桥断面稳定达到Ⅲ类。
整改措施
1.开展入河排污口溯源，整治违规排口17个。
2.完成沿河2个行政村生活污水治理。
整改时限
2024年12月
责任单位
白沙生态环境分局牵头，区水利局、石桥镇配合
包案领导
何俊（副区长）
验收单位
市生态环境局
"""


def got(data: bytes, name: str, aliases: Aliases, keys: Iterable[str]) -> list[dict[str, object]]:
    read = plan_as_json(read_plan(data, name, aliases))
    assert read["unassigned"] in ([], ["注：整改进度截至2025年3月20日。"])
    return [{key: normal(problem[key]) for key in keys} for problem in read["problems"]]


def wanted(*problems: dict[str, object]) -> list[dict[str, object]]:
    return [{key: normal(value) for key, value in problem.items()} for problem in problems]


def test_headings_of_tasks_stand_on_lines_of_their_own(aliases: Aliases) -> None:
    truth = wanted(
        {
            "number": 1,
            "deadline": "2025-06-30",
            "leaders": ["刘启明"],
            "lead_units": [],
            "responsible_units": ["区交通运输局", "白沙港务有限公司"],
            "acceptance_units": ["市交通运输局"],
        },
        {
            "number": 2,
            "deadline": "2024-12-31",
            "leaders": ["何俊"],
            "lead_units": ["白沙生态环境分局"],
            "responsible_units": ["白沙生态环境分局"],
            "acceptance_units": ["市生态环境局"],
        },
    )
    assert got(TASKS.encode(), "清单.txt", aliases, truth[0]) == truth
    draft = read_plan(TASKS.encode(), "清单.txt", aliases)
    assert draft.problems[1].assisting_units == ("区水利局", "石桥镇")
    assert [len(problem.measures) for problem in draft.problems] == [3, 2]
    assert draft.problems[0].text.startswith("白沙港3个装卸作业区")


def test_labels_in_brackets_without_a_colon_are_labels(aliases: Aliases) -> None:
    document = Document()
    document.add_paragraph("江口市云湖区贯彻落实省生态环境警示片披露问题整改方案")
    document.add_paragraph("坚持问题导向，举一反三，确保披露的2个问题全部整改到位。")
    document.add_paragraph("二、整改任务")
    texts = ("云湖湿地缓冲区内违规建设观光栈道1.2公里、停车场3处", "锦绣家园等5个小区阳台污水直排雨水管")
    for number, text in enumerate(texts, 1):
        document.add_heading(f"问题{number}：{text}。", 2)
        document.add_paragraph("【整改目标】消除问题，恢复原貌。")
        document.add_paragraph("【整改措施】（1）2024年11月底前完成排查。（2）新建立管640根，2025年6月底前完成。")
        document.add_paragraph("【整改时限】2025年6月底")
        document.add_paragraph("【包案领导】周航（副区长）")
        document.add_paragraph("【牵头单位】区住建局")
        document.add_paragraph("【责任单位】各相关街道办事处、市水务集团云湖分公司")
        document.add_paragraph("【验收单位】市住建局")
    target = io.BytesIO()
    document.save(target)
    same = {
        "target": "消除问题，恢复原貌。",
        "deadline": "2025-06-30",
        "leaders": ["周航"],
        "lead_units": ["区住建局"],
        "responsible_units": ["各相关街道办事处", "市水务集团云湖分公司"],
        "acceptance_units": ["市住建局"],
    }
    truth = wanted(*({"number": number, "text": text, **same} for number, text in enumerate(texts, 1)))
    assert got(target.getvalue(), "方案.docx", aliases, truth[0]) == truth
    assert plan_as_json(read_plan(target.getvalue(), "方案.docx", aliases))["plan"]["stated_total"] == 2


def test_a_problem_may_fill_two_columns_and_dates_have_points(aliases: Aliases) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["龙津县第二轮中央生态环境保护督察反馈问题整改工作台账"])
    sheet.merge_cells("A1:J1")
    sheet.append(["填报单位：龙津县整改办（盖章）", *[None] * 7, "填报日期：2025.3.20"])
    heads = ["序号", "反馈问题", "问题具体表现", "整改目标", "整改措施", "时间要求"]
    sheet.append([*heads, "责任分工", None, None, "验收单位"])
    sheet.append([None] * 6 + ["县领导", "牵头部门", "配合部门", None])
    for column in "ABCDEFJ":
        sheet.merge_cells(f"{column}3:{column}4")
    sheet.merge_cells("G3:I3")
    rows = (
        (
            1,
            "扬尘管控不严",
            "城北8个工地裸土未覆盖",
            "覆盖到位",
            "建立台账",
            "2025.6.30",
            "向东",
            "县住建局",
            "县城管局",
        ),
        (
            2,
            "黑臭水体反弹",
            "南门渠发黑发臭",
            "消除黑臭",
            "清淤600米",
            date(2025, 9, 30),
            "石磊",
            "县水利局",
            "龙津镇",
        ),
    )
    for row in rows:
        sheet.append([*row, "市生态环境局"])
        sheet.append([None, None, None, None, "每月巡查"])
    sheet.append(["注：整改进度截至2025年3月20日。"])
    target = io.BytesIO()
    book.save(target)
    truth = wanted(
        *(
            {
                "number": row[0],
                "text": f"{row[1]}\n{row[2]}",
                "target": row[3],
                "deadline": "2025-06-30" if row[0] == 1 else "2025-09-30",
                "leaders": [row[6]],
                "lead_units": [row[7]],
                "acceptance_units": ["市生态环境局"],
            }
            for row in rows
        )
    )
    assert got(target.getvalue(), "台账.xlsx", aliases, truth[0]) == truth


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (("区水利局", "区城投公司"), {"responsible_units": ("区水利局", "区城投公司")}),
        (
            ("区水利局牵头", "区林业局", "云岭镇配合"),
            {"lead_units": ("区水利局",), "assisting_units": ("区林业局", "云岭镇")},
        ),
        (
            ("区水利局（牵头）", "区住建局（配合）", "石桥镇"),
            {"lead_units": ("区水利局",), "assisting_units": ("区住建局",), "responsible_units": ("石桥镇",)},
        ),
        (
            ("由县住建局", "县水利局共同牵头", "各乡镇等单位配合落实"),
            {"lead_units": ("县住建局", "县水利局"), "assisting_units": ("各乡镇",)},
        ),
        (("区教育局牵头负责", "各学校具体落实"), {"lead_units": ("区教育局",), "responsible_units": ("各学校",)}),
        (("项目实施单位", "牵头"), {"responsible_units": ("项目实施单位", "牵头")}),
    ],
)
def test_words_behind_a_unit_tell_its_part(names: tuple[str, ...], roles: dict[str, tuple[str, ...]]) -> None:
    assert by_role(names, "responsible_units") == roles
