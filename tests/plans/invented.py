"""Invented plans by seed: what a person reads in them, for comparison with what the reader reads in their files."""

import random
from dataclasses import dataclass, field
from typing import Any

PLACES = ["松林镇", "柳河乡", "青石街道", "白渡镇", "望桥街道", "石鼓镇", "清溪乡", "红岩镇"]
COMPANIES = ["宏达铸造（青柳）有限公司", "青石钢铁集团", "远航船舶修造厂", "绿源养殖场", "恒丰化工厂"]
BUREAUS = ["生态环境局", "水利局", "农业农村局", "住房和城乡建设局", "工业和信息化局", "自然资源局", "城市管理局"]
NAMES = ["华玉兰", "郑红梅", "秦思源", "姜德明", "苗立新", "严岩", "欧阳敏", "白嵩", "方志远", "吕梁"]
PROBLEMS = [
    "{place}{n}家砂石加工点无废水收集设施，泥浆水直排{place2}沟渠约{m}米，群众反映强烈。",
    "{company}烟气脱硫设施停运{n}个月，在线监测数据失真，涉嫌偷排。",
    "{place}污水处理站进水浓度偏低，{m}户居民生活污水未接入管网；雨天溢流严重",
    "督察发现，{place}未落实“一、二、三级”分区管控要求，违规新建养殖场{n}家。",
    "{company}堆场未覆盖防尘网（面积约{m}平方米），周边道路积尘，扬尘污染突出。",
    "{place}河段水质由Ⅲ类下降为Ⅴ类，{n}个排口未溯源整治。",
]
TARGETS = [
    "完成整治，确保达标排放。",
    "水质稳定达到Ⅲ类；排口规范整治到位。",
    "建立长效机制，杜绝问题反弹",
    "管网覆盖率达到95%以上。",
]
ACTIONS = [
    ("对{n}家企业停产整治，达不到要求的一律关停", None),
    ("新建污水管网{m}米，{date}前完工", "date"),
    ("开展全面排查，建立问题台账（含点位、责任人），实行销号管理", None),
    ("修复脱硫设施，{month}底前投运", "month"),
    ("每月10日前报送监测数据", None),
    ("严格执法，依法查处违法行为", None),
    ("完成{n}个排口整治，{year}年底前通过验收", "year"),
]
GROUPS = ["一、水环境方面", "二、大气环境方面", "三、固体废物领域"]
CHINESE = "一二三四五六七八九十"


@dataclass
class Invented:
    """An invented plan: ``truth`` has the shape of ``read-plan --json``, ``cells`` the words of each problem."""

    title: str
    truth: dict[str, Any]
    problems: list[dict[str, Any]] = field(default_factory=list)


def number_words(number: int) -> str:
    """1–99 as a Chinese numeral."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else CHINESE[tens - 1] + "十"
    return head + (CHINESE[ones - 1] if ones else "")


def marker(style: str, number: int) -> str:
    """The marker of a measure in one of the styles of plans."""
    if style == "（一）":
        return f"（{number_words(number)}）"
    if style == "一是":
        return f"{number_words(number)}是"
    if style == "①":
        return chr(0x2460 + number - 1)
    return style.replace("1", str(number))


def invent(seed: int) -> Invented:
    """A plan of 2–7 problems; the same seed gives the same plan."""
    rng = random.Random(seed)
    level = rng.choice(["区", "县"])
    city = rng.choice(["市生态环境局", "市水利局", "市住房和城乡建设局"])
    count = rng.randint(2, 7)
    first = rng.choice([1, 1, 1, 1, 5, 12])
    style = rng.choice(["1.", "1、", "（一）", "（1）", "①", "一是", ""])
    title = f"青柳{level}{rng.choice(['生态环境保护督察反馈问题', '贯彻落实省生态环境保护督察反馈意见'])}整改"
    title += rng.choice(["任务清单", "清单", "工作台账", "措施清单"])
    problems = [_problem(rng, level, city, first + index, style) for index in range(count)]
    years: dict[str, int] = {}
    for problem in problems:
        key = problem["deadline"][:4] if problem["deadline"] else "long_term" if problem["kind"] == "long_term" else ""
        years[key] = years.get(key, 0) + 1
    truth = {
        "plan": {"title": title, "stated_total": count if first == 1 else None},
        "problems": [{key: value for key, value in p.items() if key not in ("marks", "style")} for p in problems],
    }
    return Invented(title, truth, problems)


def _fill(rng: random.Random, words: str) -> str:
    place, other = rng.sample(PLACES, 2)
    values = {"place": place, "place2": other, "company": rng.choice(COMPANIES), "n": rng.randint(2, 9)}
    return words.format(**values, m=rng.randint(20, 300), date="{date}", month="{month}", year="{year}")


def _problem(rng: random.Random, level: str, city: str, number: int, style: str) -> dict[str, Any]:
    deadline, day, kind = _deadline(rng)
    units = [level + name for name in rng.sample(BUREAUS, rng.randint(2, 4))]
    responsible = [*units[1:], *rng.sample([*PLACES, "各镇街", COMPANIES[0]], rng.randint(0, 2))]
    chosen = rng.sample(ACTIONS, rng.randint(1, 5))
    measures = [_measure(rng, index, action) for index, action in enumerate(chosen, 1)]
    if not style and len(measures) == 1 and "；" in measures[0]["text"]:
        measures[0]["text"] = measures[0]["text"].replace("；", "，")
    return {
        "number": number,
        "text": _fill(rng, rng.choice(PROBLEMS)),
        "target": rng.choice(TARGETS),
        "measures": measures,
        "deadline_text": deadline,
        "deadline": day,
        "kind": kind,
        "leaders": rng.sample(NAMES, rng.randint(1, 2)),
        "lead_units": units[:1],
        "responsible_units": responsible,
        "acceptance_units": [city],
        "style": style,
    }


def _measure(rng: random.Random, number: int, action: tuple[str, str | None]) -> dict[str, Any]:
    words, kind = action
    year, month = rng.choice([2025, 2026]), rng.choice([3, 6, 9, 10, 12])
    last = {3: 31, 6: 30, 9: 30, 10: 31, 12: 31}[month]
    text = _fill(rng, words).replace("{date}", f"{year}年{month}月15日").replace("{month}", f"{year}年{month}月")
    text = text.replace("{year}", str(year))
    due = {"date": f"{year}-{month:02d}-15", "month": f"{year}-{month:02d}-{last}", "year": f"{year}-12-31", None: None}
    return {"number": number, "text": f"{text}{rng.choice(['。', '。', '；'])}", "due": due[kind]}


def _deadline(rng: random.Random) -> tuple[str, str | None, str]:
    year = rng.choice([2025, 2026])
    return rng.choice(
        [
            (f"{year}年12月31日", f"{year}-12-31", "dated"),
            (f"{year}年6月30日前", f"{year}-06-30", "dated"),
            (f"{year}年底前", f"{year}-12-31", "dated"),
            (f"{year}年年底前", f"{year}-12-31", "dated"),
            (f"{year}年10月底前", f"{year}-10-31", "dated"),
            (f"{year}年6月至8月", f"{year}-08-31", "dated"),
            (f"{year}.09.30", f"{year}-09-30", "dated"),
            (f"立行立改，{year}年9月底前完成", f"{year}-09-30", "dated"),
            (f"2024年底前完成方案，{year}年底前完成整改", f"{year}-12-31", "staged"),
            ("立行立改、长期坚持", None, "long_term"),
            ("持续推进", None, "long_term"),
            ("立行立改", None, "immediate"),
        ]
    )
