"""The commands of the window as one table: text, shortcut, icon and menu of each stand in one place."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class Action:
    """A command. ``on_page``: the page in front does it when it can, by the same key; else the window, if it can.

    ``told`` is a key that a table or form answers itself, shown for the clerk to learn. ``writes``: grey while the
    ledger can only be read.
    """

    key: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    on_page: bool = False
    told: str = ""
    writes: bool = False
    is_first: bool = False


MENUS = ("文件", "编辑", "查看", "台账", "文书", "工具", "帮助")
ACTIONS = (
    Action("new_ledger", "文件", "新建台账…", icon="ledger"),
    Action("open_ledger", "文件", "打开台账…", "Ctrl+O", "open"),
    Action("save", "文件", "保存", "Ctrl+S", "save", on_page=True, writes=True, is_first=True),
    Action("export", "文件", "导出…", "Ctrl+E", "export", on_page=True),
    Action("print", "文件", "打印…", "Ctrl+P", "print", on_page=True),
    Action("back_up", "文件", "备份…", icon="backup", is_first=True),
    Action("restore", "文件", "从备份恢复…", icon="restore"),
    Action("carry_out", "文件", "整本带到另一台电脑…", icon="export", is_first=True),
    Action("bring_back", "文件", "从另一台电脑接回…", icon="import", writes=True),
    Action("close", "文件", "退出", "Ctrl+Q", "close", is_first=True),
    Action("undo", "编辑", "撤销上一步", "Ctrl+Z", "undo", on_page=True, writes=True),
    Action("redo", "编辑", "恢复撤销的一步", "Ctrl+Y", "redo", on_page=True, writes=True),
    Action("new", "编辑", "新增", "Ctrl+N", "new", on_page=True, writes=True, is_first=True),
    Action("edit", "编辑", "修改", "F2", "edit", on_page=True, writes=True),
    Action("open", "编辑", "打开所选", icon="case", on_page=True, told="Enter"),
    Action("copy", "编辑", "复制", icon="copy", on_page=True, told="Ctrl+C"),
    Action("find", "编辑", "查找", "Ctrl+F", "find", on_page=True, is_first=True),
    Action("find_all", "编辑", "查找全部…", "Ctrl+Shift+F", "find"),
    Action("back", "查看", "后退", "Alt+Left", "back"),
    Action("forward", "查看", "前进", "Alt+Right", "forward"),
    Action("leave", "查看", "返回", "Esc", on_page=True),
    Action("refresh", "查看", "刷新", "F5", "refresh", on_page=True, is_first=True),
    Action("dark", "查看", "深色界面"),
    Action("import_plan", "台账", "导入整改方案…", "Ctrl+I", "import", writes=True),
    Action("switch_person", "工具", "更换使用人…", icon="person"),
    Action("history", "工具", "修改历史", icon="history", is_first=True),
    Action("contents", "工具", "内容核对…", icon="check"),
    Action("checklists", "工具", "佐证材料清单…", icon="case", writes=True),
    Action("check", "工具", "台账体检", icon="health"),
    Action("help_keys", "帮助", "快捷键", "F1", "help"),
    Action("help_files", "帮助", "台账和日志在哪里", icon="folder"),
    Action("about", "帮助", "关于本程序", icon="info", is_first=True),
)
BY_KEY = {action.key: action for action in ACTIONS}


def action_for(sequence: QKeySequence) -> Action | None:
    """The command whose shortcut was pressed."""
    return next((a for a in ACTIONS if a.shortcut and QKeySequence(a.shortcut) == sequence), None)
