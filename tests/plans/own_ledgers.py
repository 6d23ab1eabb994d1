"""Made-up plans by seed whose ledgers are printed and read back: words of every length, in brackets and out of them."""

import random
from datetime import date

from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from desktop.rules.records import TermClass

_PLACES = ("杨树坪镇", "石鼓街道", "望江街道", "红岩镇", "枫林桥镇", "江澜高新技术产业园")
_WHO = (
    "宏达铸造（青石）有限公司",
    "4家洗车店",
    "湖滨旅游码头70艘游船",
    "某混凝土搅拌站",
    "生活垃圾中转站",
    "原衡州第二化工厂（含一、二号渣场）遗留地块",
    "S215沿线12座加油站",
)
_WHAT = (
    "直排生活污水，岸上无接收设施",
    "围堰开裂、跑冒滴漏，集水沟铬含量异常",
    "未落实重污染天气应急减排措施",
    "渗滤液收集池破损，COD浓度超标2.8倍",
    "料仓敞开作业，运输车辆冲洗不到位，周边道路积尘严重，群众多次投诉",
    "违反《中华人民共和国大气污染防治法》第七十二条规定；2023年以来被处罚3次，至今仍未整改到位，"
    "部分油气回收系统（二次回收）停用",
    "在线监测数据失真，PM10、PM2.5年均浓度分别超过《环境空气质量标准》（GB 3095—2012）二级标准0.12倍、0.3倍。督察组进驻"
    "期间，夜间仍有不正常运行污染防治设施的情况，性质恶劣",
)
_DO = (
    "修补围堰并重做防腐，2026年10月31日前完工",
    "对4家企业停电整顿，复产须经验收",
    "建设岸电和污水接收点3处、管网12.5公里，2026年12月底前投用",
    "每半年开展一次周边土壤监测，数据报区生态环境分局备查",
    "安装在线监测设备并联网，运行维护委托有资质的第三方，确保COD、NH3-N等指标稳定达标",
    "清淤灌溉渠30米",
    "由区住房和城乡建设局牵头，会同区水利局、区农业农村局、望江街道等单位，对沿线雨污混接错接点位（含阳台水、商业街、农贸市场）逐一溯源，"
    "建立“一点一策”台账；对不能立即整改的，明确临时措施，防止污水直排",
    "严格落实《衡州市扬尘污染防治条例》，施工工地做到“六个百分之百”。对屡查屡犯的，依法从严处罚，并纳入信用评价",
    "完善长效机制：1.明确专人巡查；2.每月通报；3.年底评估",
    "投资1280.5万元建设处理规模0.5万m³/d的污水处理站，出水执行一级A标准",
    "完成5家",
)
_GOALS = (
    "污水全收集、全处理",
    "跑冒滴漏问题清零，土壤环境质量不恶化",
    "出场车辆净车上路",
    "到2026年底，园区污水集中处理率达到100%，进水化学需氧量浓度不低于每升150毫克；水质稳定达到Ⅲ类",
    "全面完成整改。建立健全长效机制，杜绝问题反弹",
)
SHORT_UNITS = ("区水务局", "区生态环境分局", "区住房和城乡建设局", "区城市管理和综合执法局", "望江街道", "区委宣传部")
LONG_UNITS = (
    *SHORT_UNITS,
    "各加油站经营企业",
    "区住房和城乡建设局（区人民防空办公室、区房产服务中心）",
    "中国石化销售股份有限公司湖南江澜石油分公司",
    "国网湖南省电力有限公司江澜供电分公司",
    "衡州市生态环境局江澜分局",
    "江澜高新技术产业开发区管理委员会",
    "区水利建设投资集团有限公司",
    "各乡镇人民政府（街道办事处）",
    "区直各有关部门",
    "区委编办",
    "市公安局江澜分局交警大队",
    "宏达铸造（青石）有限公司",
    "城北污水处理厂",
    "区生态环境保护综合行政执法大队",
    "区发展和改革局",
    "区人民法院",
    "枫林桥镇",
    "南岳机场",
    "区自然资源局（林业局）",
    "有关矿山企业",
)
_CITY = ("市生态环境局", "市住房和城乡建设局", "市交通运输局", "市突出环境问题整改工作领导小组办公室")
SHORT_NAMES = ("李嵩", "王小明", "欧阳文静", "谭允中")
LONG_NAMES = (*SHORT_NAMES, "买买提·吐尔逊", "古丽娜尔·阿不都热依木", "司马青", "陈晨", "胡一")


def made_up(seed: int, *, wild: bool = False) -> PlanDraft:
    """A plan of some problems, every field of them filled; a ``wild`` one has long names, and fields may be missing."""
    chance = random.Random(seed)
    problems = tuple(_problem(chance, number, wild) for number in range(1, chance.randint(4, 12) + 1))
    return PlanDraft("江澜区整改方案", "江办发〔2026〕3号", date(2026, 1, 5), "江澜区委办", problems=problems)


def _problem(chance: random.Random, number: int, wild: bool) -> ProblemDraft:
    some = chance.sample
    units, names = (LONG_UNITS, LONG_NAMES) if wild else (SHORT_UNITS, SHORT_NAMES)
    least = 0 if wild else 1
    words, deadline, term = _deadline(chance, wild)
    measures = some(_DO, chance.randint(1, 7 if wild else 4))
    target = chance.choice(_GOALS) + chance.choice(("", "。"))
    return ProblemDraft(
        number=number,
        text=f"{chance.choice(_PLACES)}{chance.choice(_WHO)}{chance.choice(_WHAT)}" + chance.choice(("", "。")),
        target=None if wild and chance.random() < 0.1 else target,
        measures=tuple(MeasureDraft(at, text + chance.choice("。；")) for at, text in enumerate(measures, 1)),
        deadline_text=words,
        deadline=deadline,
        term_class=term,
        is_immediate=term is TermClass.IMMEDIATE,
        is_long_term=term is TermClass.LONG_TERM,
        leaders=tuple(some(names, chance.randint(least, 4 if wild else 2))),
        lead_units=tuple(some(units, chance.randint(least, 2 if wild else 1))),
        responsible_units=tuple(some(units, chance.randint(1, 9 if wild else 3))),
        acceptance_units=tuple(some(_CITY, chance.randint(least, 3 if wild else 1))),
    )


def _deadline(chance: random.Random, wild: bool) -> tuple[str, date | None, TermClass]:
    if wild and chance.random() < 0.3:
        words = chance.choice(("立行立改", "长期坚持"))
        return words, None, TermClass.IMMEDIATE if words == "立行立改" else TermClass.LONG_TERM
    due = date(2026 + chance.randint(0, 1), chance.randint(1, 12), 28)
    return f"{due.year}年{due.month}月{due.day}日", due, TermClass.DATED


def fields_of(problem: ProblemDraft) -> dict[str, object]:
    """What must come back; blanks and a full stop at the end do not count, nor the order of names."""
    return {
        "number": problem.number,
        "text": _plain(problem.text),
        "target": _plain(problem.target or ""),
        "measures": [_plain(measure.text) for measure in problem.measures],
        "deadline": problem.deadline,
        "term": problem.term_class,
        "leaders": set(problem.leaders),
        "lead_units": set(problem.lead_units),
        "responsible_units": set(problem.responsible_units),
        "acceptance_units": set(problem.acceptance_units) | set(problem.supervising_units),
    }


def _plain(text: str) -> str:
    return "".join(text.split()).rstrip("。；")
