"""What was typed without what cannot be seen, and without what Rasa or we ourselves would take for a command."""

from __future__ import annotations

import re
import unicodedata

# Drawn as nothing although Unicode calls them letters, marks or symbols.
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    chr(code)
    for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for code in range(first, last + 1)
)
# Control (line ends aside), format with the bidi marks, surrogates, private, unassigned.
UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
PICTURES = frozenset({"So", "Sk", "Mn", "Me", "Zs"})
SURROGATES = re.compile("[\ud800-\udfff]")
SLASHES = re.compile(r"\A\s*/+")
# Our own placeholders stand in these brackets; typed ones become ordinary brackets.
OUR_BRACKETS = str.maketrans("〔〕", "（）")


def clean(text: str) -> str:
    """Return `text` in NFC on one line, without unseen characters, placeholders of ours or a command's slash."""
    seen = "".join(_seen(char) for char in text)
    return harmless(unicodedata.normalize("NFC", seen).strip())


def harmless(text: str) -> str:
    """Return `text`, as long as it was: leading slashes in full width (Rasa takes “/greet” for an intent), no surrogates."""
    encodable = SURROGATES.sub(" ", text).translate(OUR_BRACKETS)
    return SLASHES.sub(lambda match: match.group().replace("/", "／"), encodable)


def says_nothing(text: str) -> bool:
    """Tell whether a cleaned text is blank or only pictures."""
    return all(unicodedata.category(char) in PICTURES for char in text)


def _seen(char: str) -> str:
    if char.isspace():
        return " "
    return "" if char in UNSEEN or unicodedata.category(char) in UNSEEN_CATEGORIES else char
