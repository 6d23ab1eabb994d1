"""整改进展情况报告 and 通报: figures that add up, every problem in its class, a table of them all."""

from types import ModuleType

from desktop.documents.fonts import FontSet
from desktop.documents.ledger_texts import build_ledger_text
from desktop.documents.ledger_words import ledger_material
from desktop.documents.model import Para, TableBlock
from desktop.documents.papers import print_paper
from desktop.documents.template import load_template
from desktop.rules.paper import PaperRequest


def held(factory: ModuleType, **more: object) -> PaperRequest:
    """Three problems: one closed, one that lags, one of which nothing is known."""
    cases = (factory.rich_case(1), factory.open_case(2), factory.sparse_case(3))
    made: PaperRequest = factory.request(held=factory.ledger(*cases), **more)
    return made


def test_the_classes_add_up_and_every_problem_is_in_one_list(factory: ModuleType) -> None:
    words, lists, figures = ledger_material(held(factory), "通报")
    assert figures.total == 3
    assert (words["total"], words["completed"], words["behind"], words["mostly_done"]) == ("3", "1", "2", "")
    counted = {name: len(list(lists[name].rows())) for name in ("problems", "completed_problems", "behind_problems")}
    assert counted == {"problems": 3, "completed_problems": 1, "behind_problems": 2}


def test_the_report_goes_up_with_figures_and_each_problem(factory: ModuleType) -> None:
    paper = build_ledger_text("整改进展情况报告", held(factory), load_template("progress_report"))
    text = "\n".join(para.heading + para.text for para in paper.paragraphs if isinstance(para, Para))
    assert paper.upward
    assert "反馈的3个问题完成整改1个、未达序时进度2个" in text
    assert "整改完成率33.3%" in text
    assert [n for n in ("（一）第一项", "（二）第二项", "（三）第三项") if n not in text] == []
    assert "第二项问题：管线迁改滞后。" in text


def test_a_circular_names_what_lags_and_binds_the_table_in(factory: ModuleType, fonts: FontSet) -> None:
    paper = build_ledger_text("通报", held(factory), load_template("bulletin"))
    text = "\n".join(para.heading + para.text for para in paper.paragraphs if isinstance(para, Para))
    assert "未达序时进度的问题共2个：" in text
    assert "已逾期327天，还有1项措施未完成" in text
    table = paper.annexes[0].blocks[0]
    assert isinstance(table, TableBlock)
    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    assert "整改进度表" in factory.text_of(print_paper("bulletin", held(factory), fonts).data)
