"""Reminders of a country: 120,000 tasks due to 40,000 schools in eleven zones against 1,000 messages.

A child process does what the worker does (planning and sending, to a mail server that takes everything) and says how long,
how many queries, and how far its memory went above that of a worker that has nothing to do.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from tests.ops.processes import ROOT, environment, free_port, new_database

PEOPLE = int(os.environ.get("BENCH_PEOPLE") or 40_000)  # fewer for a quick look; the figures of README are of 40,000
BIG = (PEOPLE, PEOPLE * 3)
SMALL = (1_000, 3_000)


class Sink:
    """A mail server of a few lines: takes every letter, keeps nothing, so that the measured cost is the program's."""

    def __init__(self) -> None:
        self.port, self.taken = free_port(), 0
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            caller, _ = self.door.accept()
            threading.Thread(target=self._talk, args=(caller,), daemon=True).start()

    def _talk(self, caller: socket.socket) -> None:
        with caller, caller.makefile("rwb") as line:

            def say(words: bytes) -> None:
                line.write(words + b"\r\n")
                line.flush()

            say(b"220 ready")
            while said := line.readline():
                verb = said[:4].upper()
                if verb == b"DATA":
                    say(b"354 go on")
                    while line.readline() not in (b".\r\n", b""):
                        pass
                    self.taken += 1
                if verb == b"QUIT":
                    say(b"221 bye")
                    return
                say(b"250 OK")


def measure(people: int, tasks: int) -> dict[str, Any]:
    """Seconds and queries of planning and of sending, kilobytes above the idle worker, for one country."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    sink = Sink()
    with TemporaryDirectory(prefix="edu-bench-") as folder:
        env = environment(
            Path(folder),
            DATABASE_URL=new_database(f"country{people}"),
            SECRET_KEY="s" * 50,
            ALLOWED_HOSTS="localhost",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(sink.port),
            LOG_LEVEL="ERROR",
        )
        for part in (["tests.ops.seed", str(people), str(tasks // people), "11"], ["bench.reminders", "work"]):
            run = subprocess.run([sys.executable, "-m", *part], cwd=ROOT, env=env, capture_output=True, text=True)
            assert run.returncode == 0, run.stderr
        found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
        assert found["sent"] == people == sink.taken, (found, sink.taken)
        return found


def work() -> None:
    """In the child: one morning of the whole country, then letters until none is left."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection

    from config.celery import app
    from schools import sending
    from schools.models import Message
    from schools.mornings import plan_due_mornings

    app.loader.import_default_modules()
    sending.SPAN = 1e9  # one run to the end: the schedule is not what is measured
    sending.RATE = 10**9
    list(Message.objects.all()[:1])
    idle = resident()
    count = Counter()
    with connection.execute_wrapper(count):
        begun = time.perf_counter()
        planned = plan_due_mornings()
        planning, planning_queries = time.perf_counter() - begun, count.number
        count.number, begun, sent = 0, time.perf_counter(), 0
        sending._left_of_rates = Unlimited
        while number := sending.send_waiting():
            sent += number
        spent = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "planned": planned,
                "sent": sent,
                "planning": planning,
                "planning_queries": planning_queries,
                "sending": spent,
                "sending_queries": count.number,
                "idle": idle,
                "peak": peak(),
            }
        )
    )


class Unlimited(dict):  # type: ignore[type-arg]
    """A relay without a limit: the office's rate would be what is measured otherwise."""

    def __missing__(self, authority: object) -> int:
        self[authority] = 10**9
        return 10**9


class Counter:
    """How many questions the database was asked."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def resident() -> int:
    return _status("VmRSS")


def peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    """Kilobytes, as Linux says it."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))


def reminders() -> bool:
    """Says the three figures of the country; True when all are within their limits."""
    small, big = measure(*SMALL), measure(*BIG)

    def cost(one: dict[str, Any]) -> float:
        return float((one["planning"] + one["sending"]) / one["sent"])

    ratio, above = cost(big) / cost(small), (big["peak"] - big["idle"]) / 1024
    queries = 1000 * (big["planning_queries"] + big["sending_queries"]) / big["sent"]
    print(
        f"{'✓' if ratio <= 1.3 else '✗'} напоминания, цена письма: {big['sent']} к {small['sent']}: {ratio:.2f}× (не больше 1.3×) — "
        f"{cost(small) * 1000:.1f} и {cost(big) * 1000:.1f} мс",
        flush=True,
    )
    print(
        f"{'✓' if above <= 100 else '✗'} память сверх простаивающей очереди: {above:.0f} МБ (не больше 100 МБ); "
        f"запросов на 1 000 писем: {queries:.0f} (в том числе план {1000 * big['planning_queries'] / big['sent']:.1f})",
        flush=True,
    )
    return ratio <= 1.3 and above <= 100


if __name__ == "__main__":
    if sys.argv[1:] == ["work"]:
        work()
    else:
        import tests.servers  # noqa: F401 (starts a private PostgreSQL and names it in the environment)

        sys.exit(not reminders())
