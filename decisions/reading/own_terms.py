"""The term of one name in a list of them: «СОШ № 1 – до 20.10», «СОШ № 2 (до 5 апреля)», «11 марта – СОШ № 8». Pure."""

from __future__ import annotations

import re

from decisions.deadlines.words import MONTH
from decisions.reading.named import Named

_NUMBERS = rf"\d{{1,2}}(?:\s?\.\s?\d{{1,2}}|\s+(?:{MONTH}))"
_LEAD = r"(?:(?:в\s+)?срок\s+)?(?:до|ко?|не\s+позд?нее)\s+"
_DAY = rf"(?:(?:в\s+)?срок\s+)?(?:{_LEAD})?{_NUMBERS}"
OWN_TERM = re.compile(rf"\s*(?:(?:\([^()]{{2,60}}\)\s*)?[-–—:]|\()\s*{_DAY}|\s*,?\s*{_LEAD}{_NUMBERS}")
TERM_BEFORE = re.compile(rf"(?<!\d){_DAY}(?:\.\d{{2,4}}|\s+20\d\d)?(?:\s*(?:г\.|года))?\s*$")
OPENS_BY_DASH = re.compile(r"\s*[–—-]\s+$|\s+(?:в|на\s+базе)\s+$")


def own_term(text: str, named: Named) -> str:
    """The term printed for one name of a list, behind it or before it; empty where there is none."""
    found = OWN_TERM.match(text, named.end)
    if found is None and (dash := OPENS_BY_DASH.search(text, 0, named.start)) is not None:
        found = TERM_BEFORE.search(text, 0, dash.start())
    return found.group() if found else ""
