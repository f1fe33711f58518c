"""A hint of a web process, which has no worker's application at hand, reaches the queue that the worker listens to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.ops.processes import ROOT, environment

ASK = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from config.hints import hint
from reports.tasks import heavy_run_jobs
hint(heavy_run_jobs)
import threading
[one.join(20) for one in threading.enumerate() if one is not threading.main_thread()]
"""


def test_a_paper_asked_for_is_told_to_the_heavy_queue(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environment(tmp_path), check=True, timeout=60)
    messages = [json.loads(path.read_text()) for path in (tmp_path / "broker").glob("*.heavy.msg")]
    assert [one["headers"]["task"] for one in messages] == ["reports.tasks.heavy_run_jobs"]
