"""What we print ourselves reads back: the 整改清单 and the 整改台账 of invented ledgers."""

import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.paper_drafts import PaperDraft, complete_draft
from desktop.operations.papers import print_to_file
from desktop.operations.plan_import import import_plan, read_plan_file
from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from desktop.rules.records import TermClass

TODAY = date(2026, 11, 23)
_PLACES = ("杨树坪镇", "石鼓街道", "望江街道", "红岩镇", "枫林桥镇", "江澜高新技术产业园")
_WHO = ("宏达铸造（青石）有限公司", "4家洗车店", "湖滨旅游码头70艘游船", "某混凝土搅拌站", "生活垃圾中转站")
_WHAT = (
    "直排生活污水，岸上无接收设施",
    "围堰开裂、跑冒滴漏，集水沟铬含量异常",
    "未落实重污染天气应急减排措施",
    "渗滤液收集池破损，COD浓度超标2.8倍",
    "料仓敞开作业，运输车辆冲洗不到位，周边道路积尘严重，群众多次投诉",
)
_DO = (
    "修补围堰并重做防腐，2026年10月31日前完工",
    "对4家企业停电整顿，复产须经验收",
    "建设岸电和污水接收点3处、管网12.5公里，2026年12月底前投用",
    "每半年开展一次周边土壤监测，数据报区生态环境分局备查",
    "安装在线监测设备并联网，运行维护委托有资质的第三方，确保COD、NH3-N等指标稳定达标",
    "清淤灌溉渠30米",
)
_GOALS = ("污水全收集、全处理", "跑冒滴漏问题清零，土壤环境质量不恶化", "出场车辆净车上路")
_UNITS = ("区水务局", "区生态环境分局", "区住房和城乡建设局", "区城市管理和综合执法局", "望江街道", "区委宣传部")
_CITY = ("市生态环境局", "市住房和城乡建设局", "市交通运输局")
_NAMES = ("李嵩", "王小明", "欧阳文静", "谭允中")
Fields = dict[str, object]


def made_up(seed: int) -> PlanDraft:
    """A plan of some problems, every field of them filled."""
    chance = random.Random(seed)
    some = chance.sample
    problems = []
    for number in range(1, chance.randint(4, 12) + 1):
        due = date(2026 + chance.randint(0, 1), chance.randint(1, 12), 28)
        measures = some(_DO, chance.randint(1, 4))
        problems.append(
            ProblemDraft(
                number=number,
                text=f"{chance.choice(_PLACES)}{chance.choice(_WHO)}{chance.choice(_WHAT)}",
                target=chance.choice(_GOALS),
                measures=tuple(MeasureDraft(at, text) for at, text in enumerate(measures, 1)),
                deadline_text=f"{due.year}年{due.month}月{due.day}日",
                deadline=due,
                term_class=TermClass.DATED,
                leaders=tuple(some(_NAMES, chance.randint(1, 2))),
                lead_units=tuple(some(_UNITS, 1)),
                responsible_units=tuple(some(_UNITS, chance.randint(1, 3))),
                acceptance_units=tuple(some(_CITY, 1)),
            )
        )
    return PlanDraft("江澜区整改方案", "江办发〔2026〕3号", date(2026, 1, 5), "江澜区委办", problems=tuple(problems))


@pytest.fixture(scope="module", params=[1, 2, 3])
def ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterable[tuple[Ledger, PlanDraft]]:
    plan = made_up(request.param)
    made = new_ledger(tmp_path_factory.mktemp("ledger") / "台账", "江澜区整改办", TODAY, person="李明")
    import_plan(made, plan, TODAY, "李明")
    yield made, plan
    made.close()


def fields_of(problem: ProblemDraft) -> Fields:
    """What must come back; a full stop at the end does not count, nor the order of names."""
    return {
        "number": problem.number,
        "text": problem.text.rstrip("。"),
        "target": (problem.target or "").rstrip("。"),
        "measures": [measure.text.rstrip("。；") for measure in problem.measures],
        "deadline": problem.deadline,
        "leaders": set(problem.leaders),
        "lead_units": set(problem.lead_units),
        "responsible_units": set(problem.responsible_units),
        "acceptance_units": set(problem.acceptance_units) | set(problem.supervising_units),
    }


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
@pytest.mark.parametrize("key", ["task_list", "merged_ledger"])
def test_a_printed_list_reads_back_to_the_same_problems(
    ledger: tuple[Ledger, PlanDraft], key: str, suffix: str, tmp_path: Path
) -> None:
    made, plan = ledger
    target = tmp_path / f"{key}.{suffix}"
    print_to_file(made, key, None, target, TODAY, complete_draft(made, None, PaperDraft()))
    read = read_plan_file(target)
    assert [fields_of(problem) for problem in read.problems] == [fields_of(problem) for problem in plan.problems]
    assert read.unassigned == ()
