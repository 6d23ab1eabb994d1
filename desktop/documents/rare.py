"""A rare character out of the machine's CFF fonts (Noto CJK and the like): its one glyph as a TrueType font.

reportlab draws no CFF outlines, and converting a whole font of that size takes minutes; one glyph takes a moment and
is kept in the user's cache.
"""

from pathlib import Path

from desktop import paths
from desktop.documents.font_recipe import RECIPE
from desktop.documents.font_search import FoundFont, holds
from desktop.rules.errors import KnownFault


def rare_glyph(found: FoundFont, char: str) -> FoundFont | None:
    """A converted font that holds just ``char``; None if the font has no such glyph or cannot be converted."""
    folder = paths.fonts_cache() / "rare"
    code = f"{ord(char):X}"
    target = folder / f"{Path(found.path).stem}-{found.index}-{code}.{RECIPE}.ttf"
    if not target.exists():
        if not holds(found, char):
            return None
        # Hardly a paper has a character that is not in the free fonts: what converts is imported then.
        from desktop.documents.font_convert import convert_beside

        try:
            folder.mkdir(parents=True, exist_ok=True)
            convert_beside(f"GW-Rare-{code}", Path(found.path), target, char, found.index)
        except (KnownFault, OSError):
            return None
    return FoundFont(str(target), 0, (f"gw-rare-{code.lower()}",), 0)
