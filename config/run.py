"""`make run`: the whole program on this machine. Migrates, loads the demo once, starts web and background work.

SQLite and a folder of messages are enough; with DATABASE_URL and REDIS_URL the same command uses the servers. Ctrl-C (or
a child that dies) stops all of it.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent.parent
os.chdir(BASE)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> int:
    from config.environment import _number, dotenv, load

    values = {**dotenv(BASE / ".env"), **os.environ}
    port = _number(values, "PORT", 8000, 1, 65535)
    os.environ["PORT"] = str(port)
    env = load(BASE)
    if not _free(port):
        print(f"Порт {port} занят: остановите другую программу или запустите PORT={port + 1} make run", file=sys.stderr)
        return 1
    _database_answers(env.database)
    manage("migrate", "--verbosity", "0", "--no-input")
    _static_files(env.static_root)
    if not values.get("DATABASE_URL") and not _has_data(Path(env.database["NAME"])):
        manage("demo", "--once")
    children = [_web(port), _worker()]
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    _greet(port, env.data_dir)
    code = 0
    while not stopped:
        time.sleep(0.3)
        dead = next((c for c in children if c.poll() is not None), None)
        if dead is not None:
            print("Одна из частей программы остановилась. Останавливаем остальные.", file=sys.stderr)
            code = 1
            break
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(12)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
    print("Программа остановлена. Данные сохранены.")
    return code


def manage(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "manage.py", *arguments])
    if done.returncode:
        sys.exit(done.returncode)


def _static_files(root: Path) -> None:
    """Gathers and packs the static files, which takes longest of all, only when one of them or the libraries changed."""
    sources = sorted(path for path in (BASE / "static").rglob("*") if path.is_file())
    facts = [f"{path.relative_to(BASE)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources]
    facts.append((BASE / "requirements.txt").read_text(encoding="utf-8"))
    seal, now = root / ".gathered", hashlib.sha256("\n".join(facts).encode()).hexdigest()
    if seal.exists() and seal.read_text(encoding="utf-8") == now:
        return
    manage("collectstatic", "--verbosity", "0", "--no-input")
    seal.write_text(now, encoding="utf-8")


def _has_data(database: Path) -> bool:
    """Whether the demo was loaded already: asked of the file itself, sooner than a whole Django could answer."""
    with closing(sqlite3.connect(database)) as base:
        return base.execute("SELECT 1 FROM schools_organization LIMIT 1").fetchone() is not None


def _database_answers(database: dict[str, Any]) -> None:
    """A server that is away or a wrong password is a wrong DATABASE_URL, told in one sentence and not by a traceback."""
    if not database["ENGINE"].endswith("postgresql"):
        return
    import psycopg2

    from config.environment import BadSetting

    try:
        psycopg2.connect(
            dbname=database["NAME"],
            user=database["USER"] or None,
            password=database["PASSWORD"] or None,
            host=database["HOST"] or None,
            port=database["PORT"] or None,
            connect_timeout=10,
        ).close()
    except psycopg2.OperationalError as why:
        reason = next(iter(str(why).strip().splitlines()), "нет ответа")
        raise BadSetting(
            f"DATABASE_URL: база не открывается ({reason}). "
            "Проверьте, что сервер запущен, база создана, имя и пароль верны: postgres://имя:пароль@сервер:5432/база"
        ) from None


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _web(port: int) -> subprocess.Popen[bytes]:
    return _start(
        "gunicorn",
        "config.wsgi:application",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--threads=4",
        "--timeout=90",
        "--log-level=warning",
    )


def _worker() -> subprocess.Popen[bytes]:
    from config.environment import load

    data = load(BASE).data_dir
    return _start(
        "celery",
        "--quiet",
        "--app=config",
        "worker",
        "--beat",
        "--pool=solo",
        "--queues=default,heavy",
        "--loglevel=WARNING",
        f"--schedule={data / 'beat'}",
    )


def _start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A child in a process group of its own, so that Ctrl-C reaches it through us only."""
    return subprocess.Popen([sys.executable, "-W", "ignore", "-m", module, *arguments], start_new_session=True)


def _greet(port: int, data: Path) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    print(f"\nПрограмма работает: http://127.0.0.1:{port}/   (остановить — Ctrl-C)")
    accounts = data / "accounts.txt"
    if accounts.exists():
        print(f"\nДемонстрационный округ, учётные записи (они же в {accounts}):\n")
        print(accounts.read_text(encoding="utf-8"))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
