"""What the surroundings say: environment variables and `.env`, read into one checked value.

A missing or wrong setting raises `BadSetting` with a Russian sentence: which one, what is wrong, what to write.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo


class BadSetting(SystemExit):
    """A setting the program cannot start with; the message says what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(f"Настройка: {message}")


@dataclass(frozen=True)
class Environment:
    debug: bool
    secret_key: str
    allowed_hosts: list[str]
    trusted_origins: list[str]
    data_dir: Path
    site_url: str
    database: dict[str, Any]
    time_zone: str
    https: bool
    proxies: int
    static_root: Path
    email_backend: str
    email_host: str
    email_port: int
    email_user: str
    email_password: str
    email_tls: bool
    email_ssl: bool
    email_from: str
    broker_url: str
    broker_options: dict[str, Any] = field(default_factory=dict)
    log_level: str = "INFO"
    clock_offset: int = 0
    scan_seconds: int = 60
    lease_seconds: int = 180


LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LINE = re.compile(r"^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$")


def dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines of a `.env` file; quotes around a value are dropped, `#` begins a comment line."""
    if not path.exists():
        return {}
    out = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:  # saved by an old editor
        raise BadSetting(".env записан не в UTF-8. Откройте его в редакторе и сохраните в кодировке UTF-8.") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.match(line)
        if not found:
            raise BadSetting(f".env, строка {number}: «{line.strip()[:40]}» не понятна. Пишите ИМЯ=значение.")
        value = found[2]
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        out[found[1]] = value
    return out


def load(base: Path, environ: Mapping[str, str] | None = None) -> Environment:
    """Settings of this start; what the environment says wins over `.env`."""
    env = {**dotenv(base / ".env"), **(os.environ if environ is None else environ)}
    debug = _flag(env, "DEBUG")
    data = Path(env.get("DATA_DIR") or base / "data").expanduser()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise BadSetting(
            f"DATA_DIR={data}: папку не создать ({why.strerror}). Укажите папку, куда можно писать."
        ) from None
    database = _database(env.get("DATABASE_URL", ""), data)
    production = bool(env.get("DATABASE_URL")) and not debug
    broker, options = _broker(env.get("REDIS_URL", ""), data)
    host = env.get("EMAIL_HOST", "")
    site = (env.get("SITE_URL") or f"http://127.0.0.1:{env.get('PORT') or 8000}").rstrip("/")
    address = _split(site)
    if address.scheme not in ("http", "https") or not address.netloc:
        raise BadSetting(f"SITE_URL={site}: нужен адрес сайта целиком, например https://edu.example.ru")
    https = address.scheme == "https"
    if _flag(env, "EMAIL_TLS") and _flag(env, "EMAIL_SSL"):
        raise BadSetting("EMAIL_TLS и EMAIL_SSL вместе: оставьте одно (обычно EMAIL_TLS=1, порт 587).")
    return Environment(
        debug=debug,
        secret_key=_secret(env, data, production),
        allowed_hosts=_hosts(env, production, site),
        trusted_origins=[site] if https else [],
        data_dir=data,
        site_url=site,
        database=database,
        time_zone=_zone(env.get("TIME_ZONE") or "Europe/Moscow"),
        https=https,
        proxies=_number(env, "PROXIES", 1 if https else 0, 0, 5),
        static_root=Path(env.get("STATIC_ROOT") or data / "static"),
        email_backend="django.core.mail.backends.smtp.EmailBackend"
        if host
        else "django.core.mail.backends.dummy.EmailBackend",
        email_host=host,
        email_port=_number(env, "EMAIL_PORT", 587 if _flag(env, "EMAIL_TLS") else 25, 1, 65535),
        email_user=env.get("EMAIL_USER", ""),
        email_password=env.get("EMAIL_PASSWORD", ""),
        email_tls=_flag(env, "EMAIL_TLS"),
        email_ssl=_flag(env, "EMAIL_SSL"),
        email_from=env.get("EMAIL_FROM") or "no-reply@localhost",
        broker_url=broker,
        broker_options=options,
        log_level=_level(env.get("LOG_LEVEL") or "INFO"),
        # For rehearsals: another «now», quicker scans, a shorter lease of the sender.
        clock_offset=_number(env, "CLOCK_OFFSET", 0, 0, 10 * 366 * 86400),
        scan_seconds=_number(env, "SCAN_SECONDS", 60, 1, 3600),
        lease_seconds=_number(env, "LEASE_SECONDS", 180, 2, 3600),
    )


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value in ("", "0", "no", "false", "off"):
        return False
    if value in ("1", "yes", "true", "on"):
        return True
    raise BadSetting(f"{name}={value}: напишите 1 (да) или 0 (нет).")


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not low <= int(value) <= high:
        raise BadSetting(f"{name}={value}: нужно целое число от {low} до {high}.")
    return int(value)


def _split(url: str) -> SplitResult:
    """The parts of an address; of rubbish that is no address at all (an open bracket, say), empty ones."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _level(name: str) -> str:
    level = name.strip().upper()
    if level not in LOG_LEVELS:
        raise BadSetting(f"LOG_LEVEL={name}: напишите одно из {', '.join(LOG_LEVELS)}.")
    return level


def _database(url: str, data: Path) -> dict[str, Any]:
    """PostgreSQL by `postgres://user:password@host:port/name` (or `?host=/socket/folder`); without it SQLite in the data."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "db.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = _split(url)
    name = parts.path.lstrip("/")
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise BadSetting("DATABASE_URL: нужен адрес вида postgres://имя:пароль@сервер:5432/база")
    asked = parse_qs(parts.query)
    try:
        port = str(parts.port or "")
    except ValueError:
        raise BadSetting("DATABASE_URL: порт должен быть числом, обычно 5432.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or asked.get("host", [""])[0],
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _broker(url: str, data: Path) -> tuple[str, dict[str, Any]]:
    """Redis, or (without it) messages as files in the data folder: the truth is in the database either way."""
    if url:
        parts = _split(url)
        try:
            good = parts.scheme in ("redis", "rediss", "redis+socket", "unix") and (parts.port or 1) > 0
        except ValueError:  # a port that is no number
            good = False
        if not good:
            raise BadSetting("REDIS_URL: нужен адрес вида redis://сервер:6379/0")
        return url, {"socket_connect_timeout": 1, "visibility_timeout": 3600}
    folder = data / "broker"
    control = data / "broker-control"  # else it would be «control» in whatever folder the program was started from
    for one in (folder, control):
        one.mkdir(exist_ok=True)
    return "filesystem://localhost", {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(control),
        "store_processed": False,
    }


def _secret(env: Mapping[str, str], data: Path, production: bool) -> str:
    key = env.get("SECRET_KEY", "")
    if key:
        if production and len(key) < 32:
            raise BadSetting("SECRET_KEY короче 32 знаков. Возьмите длинную случайную строку, она остаётся в секрете.")
        return key
    if production:
        raise BadSetting("SECRET_KEY не задан. Запишите в окружение или в .env длинную случайную строку.")
    path = data / "secret_key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def _hosts(env: Mapping[str, str], production: bool, site: str) -> list[str]:
    named = [h.strip() for h in env.get("ALLOWED_HOSTS", "").split(",") if h.strip()]
    if "*" in named and production:
        raise BadSetting("ALLOWED_HOSTS=*: назовите имена сайта, например edu.example.ru")
    if not named and production:
        raise BadSetting("ALLOWED_HOSTS не задан. Напишите имя сайта, например edu.example.ru")
    return named or ["127.0.0.1", "localhost", urlsplit(site).hostname or "localhost"]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except Exception:
        raise BadSetting(
            f"TIME_ZONE={name}: нет такого пояса. Напишите, например, Europe/Moscow или Asia/Vladivostok."
        ) from None
    return name


if __name__ == "__main__":
    load(Path(__file__).resolve().parent.parent)
    sys.exit(0)
