"""Production: the compose file is whole, its commands run as processes on PostgreSQL and Redis, no default secret works."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.ops.processes import ROOT, answers, environment, free_port, manage, new_database, start, stop

SERVICE = {
    "type": "object",
    "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
    "properties": {
        "image": {"type": "string"},
        "restart": {"enum": ["no", "always", "unless-stopped", "on-failure"]},
        "command": {"type": "string"},
        "environment": {"type": "object", "additionalProperties": {"type": "string"}},
        "volumes": {"type": "array", "items": {"type": "string", "pattern": r"^[a-z]+:/"}},
        "ports": {"type": "array", "items": {"type": "string"}},
        "depends_on": {"type": "object"},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["services", "volumes"],
    "properties": {"services": {"type": "object", "additionalProperties": SERVICE}},
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_the_compose_file_has_every_part_and_no_secret(compose: dict[str, Any]) -> None:
    jsonschema.validate(compose, SCHEMA)
    services = compose["services"]
    assert set(services) == {"prepare", "web", "worker", "heavy", "beat", "db", "redis", "proxy"}
    for service in services.values():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]
        for other in service.get("depends_on", {}):
            assert other in services
    assert services["web"]["environment"]["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert services["db"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD}"
    assert list(services["proxy"]["ports"]) == ["80:80", "443:443"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY не задан"),
        ({"SECRET_KEY": "short"}, "короче 32"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS не задан"),
        ({"ALLOWED_HOSTS": "*"}, "назовите имена"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"REDIS_URL": "http://x"}, "REDIS_URL"),
        ({"TIME_ZONE": "Mars"}, "TIME_ZONE"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    env = environment(tmp_path, DATABASE_URL=os.environ["DATABASE_URL"], SECRET_KEY="s" * 50, ALLOWED_HOSTS="localhost")
    done = manage({**env, **changed}, "check")
    assert done.returncode != 0
    assert said in done.stderr and "Traceback" not in done.stderr


def test_the_commands_of_production_run_and_answer(compose: dict[str, Any], tmp_path: Path) -> None:
    port = free_port()
    env = environment(
        tmp_path,
        DATABASE_URL=new_database("production"),
        REDIS_URL=os.environ["REDIS_URL"],
        SECRET_KEY="s" * 50,
        ALLOWED_HOSTS="localhost,127.0.0.1",
    )
    for command in ("migrate --no-input -v0", "collectstatic --no-input -v0"):
        done = manage(env, *command.split())
        assert done.returncode == 0, done.stderr
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    web = json.loads(docker.rsplit("\nCMD ", 1)[1])
    commands = [[*web[:2], f"--bind=127.0.0.1:{port}", *web[3:]]]
    commands += [shlex.split(compose["services"][name]["command"]) for name in ("worker", "heavy")]
    commands.append(["celery", "--app=config", "beat", f"--schedule={tmp_path}/beat"])
    children = [start(env, *command) for command in commands]
    try:
        assert answers(f"http://127.0.0.1:{port}/health/") == (200, b'{"status": "ok"}')
        status, page = answers(f"http://127.0.0.1:{port}/login/")
        assert status == 200 and "Имя для входа" in page.decode()
        assert [child.poll() for child in children] == [None] * 4
    finally:
        stop(*children)
