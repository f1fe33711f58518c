"""What the environment says: without Redis the queue lives in the data folder, wherever the program is started from."""

from __future__ import annotations

from pathlib import Path

from config.environment import load


def test_messages_without_redis_stay_in_the_data_folder(tmp_path: Path) -> None:
    options = load(tmp_path, {"DATA_DIR": str(tmp_path / "data")}).broker_options
    folders = [value for name, value in options.items() if "folder" in name]
    assert len(folders) == 3
    assert all(Path(folder).parent == tmp_path / "data" and Path(folder).is_dir() for folder in folders)
