"""Amounts as people say them: “十二”, “三十多”, “两三个”, “半”; each is read as the range it may mean."""

from __future__ import annotations

import re
from typing import Optional

# A number with what makes it vague, and the measure word before its unit: 三十多, 四十来个, 好几.
SPOKEN = r"(?:[0-9]+(?:\.[0-9]+)?|好?几?[零一二两俩三四五六七八九十百千半]+几?|好?几)(?:多|来)?个?半?"
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2}
PLACES = {"十": 10, "百": 100, "千": 1000}
PARTS = re.compile(r"(?P<number>[0-9.]+|好?几?[^多来个几]*几?)(?P<vague>[多来]?)个?(?P<half>半?)")
ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# “来” is about as many: a tenth more or less.
ABOUT = 0.1
# “几” stands for any of these.
FEW = (2.0, 9.0)
Range = tuple[float, float]


def read(spoken: str, after: str = "") -> Optional[Range]:
    """Return the lowest and the highest number that `spoken` may mean, None where it is none; `after` stands behind its unit."""
    if spoken in ("半", "半个"):
        return _ending((0.5, 0.5), after)
    match = PARTS.fullmatch(spoken)
    found = _number(match.group("number")) if match else None
    if match is None or found is None:
        return None
    low, high = found
    if match.group("half"):
        low, high = low + 0.5, high + 0.5
    if match.group("vague") == "多":
        high = low + _last_place(low) - 1 if low >= 10 else low + 0.99
    elif match.group("vague") == "来":
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    return _ending((low, high), after)


def _ending(found: Range, after: str) -> Range:
    """Return the range with what is said behind the unit: 两岁半, 四吨多."""
    low, high = found
    if after.startswith("半"):
        return low + 0.5, high + 0.5
    return (low, high + 0.99) if after.startswith("多") else found


def _number(words: str) -> Optional[Range]:
    if ARABIC.fullmatch(words):
        return float(words), float(words)
    words = words.lstrip("好")
    if "几" in words:
        return _with_few(words)
    if len(words) == 2 and all(char in DIGITS for char in words):  # 两三个: one or the other
        return float(DIGITS[words[0]]), float(DIGITS[words[1]])
    exact = _exact(words)
    return (exact, exact) if exact is not None else None


def _with_few(words: str) -> Optional[Range]:
    """Return 几, 几十 or 十几 as a range."""
    few, rest = FEW, words.replace("几", "", 1)
    if not rest:
        return few
    value = _exact(rest) if words.endswith("几") else PLACES.get(rest)
    if value is None:
        return None
    return (value + 1, value + _last_place(value) - 1) if words.endswith("几") else (few[0] * value, few[1] * value)


def _exact(words: str) -> Optional[float]:
    """Return 一百二十 as 120 and 一百二 as 120."""
    total, digit, place = 0, 0, 1
    for char in words:
        if char in PLACES:
            total, digit, place = total + (digit or 1) * PLACES[char], 0, PLACES[char]
        elif char in DIGITS:
            digit, place = DIGITS[char], 10 if char == "零" else place
        else:
            return None
    return float(total + digit * (place // 10 if place > 10 else 1))


def _last_place(value: float) -> float:
    """Return the place of the last digit that is not zero: 10 for 30, 100 for 200."""
    place = 1.0
    while value >= 10 * place and value % (10 * place) == 0:
        place *= 10
    return place
