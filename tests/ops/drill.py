"""The drill of reminders: the program's own worker and beat on a real PostgreSQL, Redis and mail server, killed at random.

`python -m tests.ops.drill` (`make drill`): DRILL_ROUNDS (200), DRILL_PEOPLE (500), DRILL_TASKS (4 each: 2,000 due tasks),
DRILL_SEED. Every round asserts: each person got exactly one message, or it stands as «неизвестно», at most one a kill.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg2

from tests.ops.processes import ROOT, answers, environment, free_port, manage, start, stop

FINAL = ("sent", "unknown", "failed")
OPEN = ("waiting", "handing_over")
PATIENCE = 180.0


class Yard:
    """Private servers, a mail server, and the processes of the program; everything ends with `close`."""

    def __init__(self, folder: Path, *, people: int, tasks: int, pause: float = 0.002) -> None:
        os.environ.setdefault("EDU_TEST_SERVERS", "drill")  # the import below would start a pair of its own
        from tests.servers import Servers

        self.folder, self.people = folder, people
        self.servers = Servers()
        self.box, self.mail_port = folder / "box.jsonl", free_port()
        self.box.touch()
        self.pause = pause
        self.days = 0
        self.talk: Any = None  # one connection for all questions: they are asked many times a second
        self.mail = self._mail()
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.servers.prepare()  # migrations are run once and kept, not once a drill
        done = manage(self.env, "collectstatic", "--no-input", "-v0")
        assert done.returncode == 0, done.stderr
        filled = subprocess.run(
            [sys.executable, "-m", "tests.ops.seed", str(people), str(tasks)],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
        )
        assert filled.returncode == 0, filled.stderr

    @property
    def env(self) -> dict[str, str]:
        return environment(
            self.folder / "data",
            DATABASE_URL=self.servers.database_url.replace("/postgres?", "/prepared?"),
            REDIS_URL=self.servers.redis_url,
            SECRET_KEY="s" * 50,
            ALLOWED_HOSTS="127.0.0.1,localhost",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(self.mail_port),
            SCAN_SECONDS="1",
            LEASE_SECONDS="3",
            CLOCK_OFFSET=str(self.days * 86400),
            LOG_LEVEL="ERROR",
        )

    def _mail(self) -> subprocess.Popen[bytes]:
        return start(environment(self.folder), "tests.ops.mailbox", str(self.mail_port), str(self.box), str(self.pause))

    # -- processes ---------------------------------------------------------------------------------------------------

    def run(self, *names: str) -> None:
        for name in names:
            kind = name.rstrip("0123456789")
            if kind == "worker":
                command = [
                    "celery",
                    "--quiet",
                    "--app=config",
                    "worker",
                    "--queues=default",
                    "--concurrency=1",
                    "-Ofair",
                ]
            elif kind == "beat":
                command = ["celery", "--quiet", "--app=config", "beat", f"--schedule={self.folder}/{name}-schedule"]
            else:
                self.port = free_port()
                command = ["gunicorn", "config.wsgi:application", f"--bind=127.0.0.1:{self.port}", "--threads=4"]
            with open(self.folder / f"{name}.log", "ab") as log:
                self.parts[name] = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", *command],
                    cwd=ROOT,
                    env=self.env,
                    start_new_session=True,
                    stdout=log,
                    stderr=log,
                )

    def kill(self, *names: str) -> None:
        """`kill -9` of the whole group: nothing is finished, nothing is written down."""
        for name in names:
            part = self.parts.pop(name)
            os.killpg(part.pid, 9)
            part.wait(10)

    def halt(self) -> None:
        stop(*self.parts.values())
        self.parts.clear()

    def close(self) -> None:
        for name in list(self.parts):
            self.kill(name)
        stop(self.mail)
        self.servers.stop()

    # -- what the database and the mail server say -------------------------------------------------------------------

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        if self.talk is None or self.talk.closed:
            self.talk = psycopg2.connect(host=str(self.servers.data), user="postgres", dbname="prepared")
            self.talk.autocommit = True
        with self.talk.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def states(self) -> Counter[str]:
        return Counter(dict(self.ask("SELECT state, count(*) FROM schools_message GROUP BY state")))

    def clear(self) -> None:
        """As on a morning before anything was said; the processes may go on running."""
        self.ask("DELETE FROM schools_message")
        self.ask("DELETE FROM schools_notification")
        self.mark = self.box.stat().st_size
        self.ask("DELETE FROM schools_morning")

    def letters(self) -> list[dict[str, str]]:
        with open(self.box, encoding="utf-8") as file:
            file.seek(self.mark)
            return [json.loads(line) for line in file if line.endswith("\n")]

    def until(self, what: str, done: Any, seconds: float = PATIENCE) -> None:
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise AssertionError(f"не дождались: {what}; {dict(self.states())}")
            time.sleep(0.1)

    def settled(self) -> bool:
        found = self.states()
        return sum(found.values()) >= self.people and not any(found[state] for state in OPEN)

    # -- what must be true -------------------------------------------------------------------------------------------

    def check(self, *, kills: int) -> int:
        """Each person exactly once, or unknown at most once a kill; returns the number of unknown."""
        letters, rows = self.letters(), self.ask("SELECT user_id, state, message_id FROM schools_message")
        ids = Counter(letter["id"] for letter in letters)
        assert not [one for one, times in ids.items() if times > 1], "одно письмо передано дважды"
        people = Counter(letter["to"] for letter in letters)
        assert not [one for one, times in people.items() if times > 1], "человек получил два письма"
        assert len(rows) == self.people and len({user for user, _, _ in rows}) == self.people
        unknown = {number for _, state, number in rows if state == "unknown"}
        sent = {number for _, state, number in rows if state == "sent"}
        assert len(unknown) <= kills, f"неизвестно {len(unknown)} при {kills} остановках"
        assert len(sent) + len(unknown) == self.people
        assert sent <= set(ids) <= sent | unknown
        bells = self.ask("SELECT count(*), count(DISTINCT user_id) FROM schools_notification")[0]
        assert bells == (self.people, self.people)
        return len(unknown)


def kill_round(yard: Yard, chance: random.Random, *, kills: int = 1) -> int:
    """(a): worker, beat or both killed at random moments of planning and sending; returns the number of unknown."""
    yard.clear()
    yard.run(*({"worker", "beat"} - set(yard.parts)))
    for _ in range(kills):
        planned = chance.random() < 0.2
        if planned:
            time.sleep(chance.uniform(0, 2))
        else:
            target = len(yard.letters()) + chance.randint(1, max(1, yard.people // (kills + 1)))
            yard.until("письма пошли", lambda target=target: len(yard.letters()) >= target or yard.settled())
            time.sleep(chance.uniform(0, 0.02))
        whom = chance.choice((("worker",), ("worker",), ("beat",), ("worker", "beat")))
        yard.kill(*whom)
        yard.run(*whom)
    yard.until("все письма решены", yard.settled)
    return yard.check(kills=kills)


def sleep_round(yard: Yard) -> None:
    """(b): planned, not sent, everything stopped for three days: then one message a person, of that day."""
    yard.clear()
    stop(yard.mail)
    yard.run(*({"worker", "beat"} - set(yard.parts)))
    yard.until("утро поставлено в очередь", lambda: yard.states()["waiting"] == yard.people)
    yard.halt()
    before = {str(day) for (day,) in yard.ask("SELECT DISTINCT day FROM schools_message")}
    yard.mail = yard._mail()
    yard.days += 3
    yard.ask("UPDATE schools_senderlease SET until = NULL")
    yard.run("worker", "beat")
    yard.until(
        "новый день", lambda: not before & {str(d) for (d,) in yard.ask("SELECT DISTINCT day FROM schools_message")}
    )
    yard.until("все письма решены", yard.settled)
    letters = yard.letters()
    assert Counter(one["to"] for one in letters) == Counter(
        {one: 1 for (one,) in yard.ask('SELECT "to" FROM schools_message')}
    )
    assert len(letters) == yard.people
    assert all("Просрочено" in one["text"] for one in letters), "что теперь просрочено, должно быть в письме"


def two_beats_round(yard: Yard) -> None:
    """(f): two schedules and two workers at once say nothing twice."""
    yard.clear()
    yard.run(*({"worker", "beat", "worker2", "beat2"} - set(yard.parts)))
    yard.until("все письма решены", yard.settled)
    time.sleep(2)
    yard.check(kills=0)
    yard.kill("worker2", "beat2")


def database_round(yard: Yard) -> None:
    """(e): PostgreSQL stopped while letters go: a friendly page, then everything is finished, nothing twice."""
    yard.clear()
    yard.run(*({"worker", "beat", "web"} - set(yard.parts)))
    site = f"http://127.0.0.1:{yard.port}/login/"
    yard.until("страница открывается", lambda: _status(site) == 200, 60)
    yard.until("письма пошли", lambda: len(yard.letters()) >= yard.people // 4)
    yard.talk.close()
    yard.servers.stop_database()
    status, page = _seen_by_a_visitor(site)
    yard.servers.start_database()
    assert status == 503 and "База данных не отвечает" in page, (status, page[:200])
    yard.until("страница снова открывается", lambda: _status(site) == 200, 30)
    yard.until("все письма решены", yard.settled)
    yard.check(kills=1)


def redis_round(yard: Yard) -> tuple[float, float]:
    """(d): no Redis: pages open and forms are taken as usual, and what was asked for goes out when it is back.

    Returns the seconds of one sent form with Redis and without it.
    """
    yard.clear()
    yard.run(*({"worker", "beat", "web"} - set(yard.parts)))
    yard.until("все письма решены", yard.settled)
    site = f"http://127.0.0.1:{yard.port}"
    assert answers(f"{site}/login/")[0] == 200
    yard.ask("UPDATE schools_user SET is_active = true WHERE username LIKE 'u0-%%'")
    names = [
        name
        for (name,) in yard.ask("SELECT username FROM schools_user WHERE username LIKE 'u0-%%' ORDER BY id LIMIT 4")
    ]
    yard.ask("UPDATE schools_user SET password = 'md5$a$b' WHERE username = ANY(%s)", names)
    _reset(site, names[0])
    usual = _reset(site, names[1])
    _asked_are_answered(yard, names[:2])
    yard.clear()
    yard.until("письма пошли", lambda: len(yard.letters()) >= yard.people // 4)
    yard.servers.stop_redis()  # while the worker has tasks in its hands
    try:
        without = _reset(site, names[2])
        assert _status(f"{site}/login/") == 200
        time.sleep(1)
    finally:
        yard.servers.start_redis()
    _asked_are_answered(yard, names[2:3])
    yard.until("все письма решены", yard.settled)
    morning = Counter(one["to"] for one in yard.letters() if "пароль" not in one["subject"])
    assert len(morning) == yard.people and set(morning.values()) == {1}
    return usual, without


def _asked_are_answered(yard: Yard, names: list[str]) -> None:
    wanted = {f"{name}@example.org" for name in names}
    yard.until(
        "просьбы не потеряны", lambda: wanted <= {one["to"] for one in yard.letters() if "пароль" in one["subject"]}
    )


def _seen_by_a_visitor(url: str) -> tuple[int, str]:
    """The page as somebody with a session gets it: it cannot be made without the database."""
    asked = urllib.request.Request(url, headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as why:
        return why.code, why.read().decode()


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as why:
        return why.code
    except OSError:
        return 0


def _reset(site: str, name: str) -> float:
    """Asks for a new password as a browser would: this queues a letter and gives the background work a hint."""
    import http.cookiejar
    import re
    import urllib.parse

    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = opener.open(f"{site}/passwords/reset/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "name": name}).encode()
    begun = time.monotonic()
    assert opener.open(f"{site}/passwords/reset/", data, timeout=20).status == 200
    return time.monotonic() - begun


def every_round(yard: Yard, rounds: int, seed: int, *, say: Any = print, timed: bool = True) -> None:
    """The whole drill; raises AssertionError at the first round that is not true. `timed`: seconds are judged too."""
    chance = random.Random(seed)
    unknown = 0
    for number in range(rounds):
        kills = chance.randint(1, 2)
        found = kill_round(yard, chance, kills=kills)
        unknown += found
        say(f"круг {number + 1}: остановок {kills}, неизвестно {found}")
    two_beats_round(yard)
    say("два расписания: ничего дважды")
    database_round(yard)
    say("перезапуск PostgreSQL: понятная страница, ничего дважды")
    usual, without = redis_round(yard)
    say(f"без Redis: форма {without:.2f} с, обычно {usual:.2f} с, ничего не потеряно")
    assert not timed or without <= usual + 1.0
    sleep_round(yard)
    say("три дня простоя: одно письмо человеку")
    say(f"кругов {rounds}, неизвестно всего {unknown}")


def main(arguments: Iterable[str] = ()) -> int:
    import tempfile

    number = {
        name: int(os.environ.get(f"DRILL_{name}", default))
        for name, default in (("ROUNDS", 200), ("PEOPLE", 500), ("TASKS", 4), ("SEED", 1))
    }
    with tempfile.TemporaryDirectory(prefix="edu-drill-") as folder:
        yard = Yard(Path(folder), people=number["PEOPLE"], tasks=number["TASKS"])
        try:
            every_round(yard, number["ROUNDS"], number["SEED"], say=lambda words: print(words, flush=True))
        finally:
            yard.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
