"""What the surroundings say: environment variables and `.env`, read into one checked value."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


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


def load(base: Path) -> Environment:
    env = os.environ
    data = Path(env.get("DATA_DIR") or base / "data")
    data.mkdir(parents=True, exist_ok=True)
    url = env.get("DATABASE_URL", "")
    if url:
        u = urlsplit(url)
        database: dict[str, Any] = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": u.path.lstrip("/"),
            "USER": unquote(u.username or ""),
            "PASSWORD": unquote(u.password or ""),
            "HOST": u.hostname or "",
            "PORT": str(u.port or ""),
        }
    else:
        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "db.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    key = data / "secret_key"
    if not env.get("SECRET_KEY") and not key.exists():
        key.write_text(secrets.token_urlsafe(50))
        key.chmod(0o600)
    return Environment(
        debug=env.get("DEBUG") == "1",
        secret_key=env.get("SECRET_KEY") or key.read_text(),
        allowed_hosts=(env.get("ALLOWED_HOSTS") or "127.0.0.1,localhost").split(","),
        trusted_origins=[],
        data_dir=data,
        site_url=env.get("SITE_URL", "http://127.0.0.1:8000"),
        database=database,
        time_zone=env.get("TIME_ZONE", "Europe/Moscow"),
        https=False,
        proxies=0,
        static_root=data / "static",
        email_backend="django.core.mail.backends.smtp.EmailBackend"
        if env.get("EMAIL_HOST")
        else "django.core.mail.backends.dummy.EmailBackend",
        email_host=env.get("EMAIL_HOST", ""),
        email_port=int(env.get("EMAIL_PORT", "25")),
        email_user=env.get("EMAIL_USER", ""),
        email_password=env.get("EMAIL_PASSWORD", ""),
        email_tls=env.get("EMAIL_TLS") == "1",
        email_ssl=env.get("EMAIL_SSL") == "1",
        email_from=env.get("EMAIL_FROM", "no-reply@localhost"),
        broker_url=env.get("REDIS_URL") or "filesystem://",
        broker_options={},
    )
