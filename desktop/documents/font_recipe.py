"""How the free fonts are made: the state of the conversion, what each is made from, what to do when it fails."""

RECIPE = "r2"
SOURCES = {
    "GW-Fang": "FandolFang-Regular.otf",
    "GW-Kai": "FandolKai-Regular.otf",
    "GW-Hei": "FandolHei-Regular.otf",
    "GW-Song": "FandolSong-Regular.otf",
    "GW-TitleSong": "FandolSong-Bold.otf",
}
DISK_REMEDY = "请检查磁盘空间和文件夹权限。"
REMEDY = "请在联网的电脑上运行 python3 run.py，程序会自动取得字体；或把 Fandol 字体文件放入该文件夹。"
