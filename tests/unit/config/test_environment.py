"""What the environment says: without Redis the queue lives in the data folder, wherever the program is started from."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.environment import BadSetting, load


def test_messages_without_redis_stay_in_the_data_folder(tmp_path: Path) -> None:
    options = load(tmp_path, {"DATA_DIR": str(tmp_path / "data")}).broker_options
    folders = [value for name, value in options.items() if "folder" in name]
    assert len(folders) == 3
    assert all(Path(folder).parent == tmp_path / "data" and Path(folder).is_dir() for folder in folders)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("EMAIL_PORT", "abc", "целое число от 1 до 65535"),
        ("EMAIL_PORT", "²", "целое число от 1 до 65535"),
        ("DATABASE_URL", "rubbish", "postgres://имя:пароль@сервер:5432/база"),
        ("DATABASE_URL", "postgres://[abc/x", "postgres://имя:пароль@сервер:5432/база"),
        ("REDIS_URL", "redis://[x", "redis://сервер:6379/0"),
        ("REDIS_URL", "redis://host:abc/0", "redis://сервер:6379/0"),
        ("SITE_URL", "http://[x", "адрес сайта целиком"),
        ("TIME_ZONE", "rubbish", "Europe/Moscow"),
        ("LOG_LEVEL", "rubbish", "INFO"),
        ("DEBUG", "maybe", "1 (да) или 0 (нет)"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(tmp_path: Path, name: str, value: str, advice: str) -> None:
    with pytest.raises(BadSetting) as said:
        load(tmp_path, {"DATA_DIR": str(tmp_path / "data"), name: value})
    assert str(said.value).startswith(f"Настройка: {name}")
    assert advice in str(said.value)


def test_a_settings_file_of_another_encoding_is_told_from_a_wrong_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("EMAIL_FROM=Управление <a@example.ru>".encode("cp1251"))
    with pytest.raises(BadSetting, match="UTF-8"):
        load(tmp_path, {})
