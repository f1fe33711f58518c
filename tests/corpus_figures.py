"""`python -m tests.corpus_figures`: what the reader scores on the real documents and on the corpus, as the README states it.

The scorer is the one beside the real documents. `blind` is written by someone who has not seen the reader; it is scored and
never looked at, and may be absent. The sets `opened…` were such once and are tuned on now. «без псевдонимов»: the aliases column of
the registry emptied.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from decisions.reading.model import to_json
from decisions.reading.reader import read_text
from schools.registry import Registry
from schools.registry_file import read_registry

ROOT = Path(__file__).resolve().parent.parent
GOLD = Path(os.environ.get("GOLD_DIR") or ROOT.parent / "shared" / "gold")
CORPORA = {
    "dev": "свои (dev)",
    "opened": "открытые (opened)",
    "opened2": "открытые (opened2)",
    "opened3": "открытые (opened3)",
    "opened4": "открытые (opened4)",
    "opened5": "открытые (opened5)",
    "opened6": "открытые (opened6)",
    "opened7": "открытые (opened7)",
    "opened8": "открытые (opened8)",
    "blind": "чужие (blind)",
}
SHOWN = (
    "clause_f1", "deadline_accuracy", "addressee_f1_all", "school_f1_all", "mention_error_rate", "mention_recall",
    "header_accuracy", "parts_header_accuracy", "warnings_recall", "warnings_precision", "silent_deadlines",
    "silent_schools", "asked_share",
)  # fmt: skip


def registry_of(folder: Path, *, aliases: bool = True) -> Registry:
    known = read_registry((folder / "registry.csv").read_bytes())
    return known if aliases else Registry.of(replace(entry, aliases=()) for entry in known.entries)


def texts(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.glob("*.txt") if path.with_suffix(".json").exists())


def score(folder: Path, readings: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Totals of the scorer for readings by document name."""
    with tempfile.TemporaryDirectory() as place:
        for name, reading in readings.items():
            (Path(place) / f"{name}.json").write_text(json.dumps(reading, ensure_ascii=False), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(GOLD / "score.py"), place, str(folder)], capture_output=True, text=True, check=True
        )
    totals: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return totals


def read_all(folder: Path, *, aliases: bool = True) -> dict[str, dict[str, Any]]:
    registry = registry_of(folder, aliases=aliases)
    return {
        path.stem: to_json(read_text(path.read_text(encoding="utf-8"), registry=registry)) for path in texts(folder)
    }


def main() -> int:
    if not (GOLD / "score.py").exists():
        print("Настоящих документов нет: укажите GOLD_DIR.", file=sys.stderr)
        return 1
    corpus = ROOT / "tests" / "corpus"
    rows = {
        "настоящие": score(GOLD, read_all(GOLD)),
        "настоящие без псевдонимов": score(GOLD, read_all(GOLD, aliases=False)),
    }
    for name, heading in CORPORA.items():
        if (corpus / name / "registry.csv").exists():
            rows[heading] = score(corpus / name, read_all(corpus / name))
    print("| | " + " | ".join(rows) + " |")
    print("|---|" + "---|" * len(rows))
    for name in ("documents", "clauses_gold", *SHOWN):
        print(
            f"| {name} | "
            + " | ".join("–" if row[name] is None else str(round(row[name], 3)) for row in rows.values())
            + " |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
