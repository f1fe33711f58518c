"""A pytest plugin: private PostgreSQL and Redis on Unix sockets in a temporary folder, started before Django is set up.

Loaded with `-p tests.servers`. Servers of the machine are ignored. Workers of xdist share the pair of the main process.
"""

from __future__ import annotations

import atexit
import glob
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

AS_POSTGRES = os.geteuid() == 0
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
SECRET = "only-for-tests-and-nowhere-else-0123456789"


def _bin(name: str) -> str:
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    path = found[-1] if found else shutil.which(name)
    if not path:
        raise pytest.UsageError(f"Нет {name}: выполните make setup или установите пакет postgresql.")
    return path


def _run(command: list[str]) -> None:
    if AS_POSTGRES:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise pytest.UsageError(f"{' '.join(command[:6])}: {done.stderr[-800:]}")


class Servers:
    """Both servers with their folder; `stop` leaves nothing behind."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="edu-test-"))
        self.folder.chmod(0o755)
        self.data = self.folder / "pg"
        self.data.mkdir()
        if AS_POSTGRES:
            shutil.chown(self.data, "postgres", "postgres")
        _run([_bin("initdb"), "-D", str(self.data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"])
        self.start_database()
        self.socket = self.folder / "redis.sock"
        self.start_redis()

    def start_database(self) -> None:
        options = (
            f"-c listen_addresses='' -k {self.data} -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
            "-c max_connections=120"
        )
        _run([_bin("pg_ctl"), "-D", str(self.data), "-o", options, "-l", str(self.data / "log"), "-w", "start"])

    def stop_database(self, mode: str = "fast") -> None:
        _run([_bin("pg_ctl"), "-D", str(self.data), "-m", mode, "-w", "stop"])

    def start_redis(self) -> None:
        redis = shutil.which("redis-server")
        if not redis:
            raise pytest.UsageError("Нет redis-server: выполните make setup или установите пакет redis-server.")
        self.redis = subprocess.Popen(
            [redis, "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(100):
            if self.socket.exists():
                break
            time.sleep(0.05)

    def stop_redis(self) -> None:
        self.redis.send_signal(signal.SIGTERM)
        self.redis.wait(5)

    def prepare(self) -> None:
        """A migrated database that test databases are copied from: migrations run once for a set of them, not once a worker."""
        migrations = sorted(ROOT.glob("*/migrations/*.py"))
        kept = b"".join(path.name.encode() + path.read_bytes() for path in migrations) + LOCK.read_bytes()
        dump = ROOT / ".pytest_cache" / f"prepared-{hashlib.sha256(kept).hexdigest()[:20]}.sql"
        on = ["-h", str(self.data), "-U", "postgres", "-q"]
        _run([_bin("psql"), *on, "-c", "CREATE DATABASE prepared", "postgres"])
        if dump.exists():
            with dump.open("rb") as source:
                told = subprocess.run(
                    [_bin("psql"), *on, "-v", "ON_ERROR_STOP=1", "prepared"],
                    stdin=source,
                    capture_output=True,
                    text=True,
                )
            if told.returncode:
                raise pytest.UsageError(f"Подготовленная база не загрузилась, удалите {dump}: {told.stderr[-400:]}")
            return
        settings = {
            "DATABASE_URL": self.database_url.replace("/postgres?", "/prepared?"),
            "REDIS_URL": self.redis_url,
            "DATA_DIR": str(self.folder / "prepared"),
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-W", "ignore", "manage.py", "migrate", "-v0", "--no-input"]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True)
        if done.returncode:
            raise pytest.UsageError(f"Миграции не прошли: {done.stderr[-1500:]}")
        dump.parent.mkdir(exist_ok=True)
        for old in dump.parent.glob("prepared-*.sql"):
            old.unlink(missing_ok=True)
        text = subprocess.run([_bin("pg_dump"), *on[:4], "prepared"], capture_output=True, check=True).stdout
        part = dump.with_suffix(f".{os.getpid()}")
        part.write_bytes(text)
        part.replace(dump)

    @property
    def database_url(self) -> str:
        return f"postgres://postgres@/postgres?host={self.data}"

    @property
    def redis_url(self) -> str:
        return f"redis+socket://{self.socket}"

    def stop(self) -> None:
        self.stop_redis()
        try:
            self.stop_database("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


if "EDU_TEST_SERVERS" not in os.environ:
    servers = Servers()
    atexit.register(servers.stop)
    servers.prepare()
    os.environ["EDU_TEST_SERVERS"] = str(servers.folder)
    os.environ["DATABASE_URL"] = servers.database_url
    os.environ["REDIS_URL"] = servers.redis_url
    os.environ["DATA_DIR"] = str(servers.folder / "data")
    os.environ["SECRET_KEY"] = SECRET
    os.environ["ALLOWED_HOSTS"] = "127.0.0.1,localhost,testserver"
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
