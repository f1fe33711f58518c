"""What a number format says of a value: per cent, a date, a fixed number of decimals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["", "percent", "date", "1", "2", "3"]

BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"} | dict.fromkeys(
    (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "d.m.yyyy"
)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@lru_cache(maxsize=2000)
def kind_of(pattern: str | None) -> Kind:
    """«0.00%» → percent; «dd.mm.yyyy» → date; «0.00» → "2" (decimals); anything else → "". A quoted «%» scales nothing."""
    if not pattern or pattern in ("General", "GENERAL", "@"):
        return ""
    bare = _LITERAL.sub("", pattern).split(";")[0]
    if "%" in bare:
        return "percent"
    if re.search(r"[dmyhsдмгч]", bare, re.IGNORECASE) and not re.search(r"[0#]", bare.replace("ss.0", "")):
        return "date"
    fixed = re.fullmatch(r"\s*[#,]*0\.(0{1,3})\s*", bare)
    return str(len(fixed[1])) if fixed else ""  # type: ignore[return-value]
