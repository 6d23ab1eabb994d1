"""The grid of GB/T 9704-2012 §5: margins, 22 rows, 28 characters. Points from the paper's left and top edges."""

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, 37 * MM
WIDTH, HEIGHT = 156 * MM, 225 * MM
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
ROWS, COLUMNS = 22, 28
CELL = WIDTH / COLUMNS
PITCH = (HEIGHT - CELL) / (ROWS - 1)

SIZE_2, SIZE_3, SIZE_4, SIZE_S4, SIZE_5, SIZE_S5 = 22.0, 16.0, 14.0, 12.0, 10.5, 9.0
"""二号, 三号, 四号, 小四, 五号, 小五."""


def row_top(row: float) -> float:
    """Top of row 0–21."""
    return TOP + row * PITCH


def row_middle(row: float) -> float:
    """Middle of the characters of row 0–21."""
    return row_top(row) + CELL / 2
