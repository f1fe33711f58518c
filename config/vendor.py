"""Brings other people's scripts, icons and fonts into `static/vendor/`: `python -m config.vendor`.

The pages take nothing from outside, so what they use is kept in the repository with its version and licence. Run this
only to take newer versions: it asks npm for the packages named below, copies the few files we use, joins the icons into
one sprite and rewrites `static/vendor/versions.txt`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor"


@dataclass(frozen=True)
class Package:
    """`files` maps a path inside the package to the name kept here; the licence is kept beside under `folder`."""

    name: str
    version: str
    folder: str
    files: dict[str, str]


PACKAGES = (
    Package("htmx.org", "2.0.11", "htmx", {"dist/htmx.min.js": "htmx.min.js"}),
    Package("sortablejs", "1.15.7", "sortable", {"Sortable.min.js": "Sortable.min.js"}),
    Package(
        "@fontsource-variable/golos-text",
        "5.3.0",
        "golos",
        {
            f"files/golos-text-{subset}-wght-normal.woff2": f"golos-{subset}.woff2"
            for subset in ("cyrillic", "cyrillic-ext", "latin", "latin-ext")
        },
    ),
    Package(
        "@fontsource/tinos",
        "5.3.0",
        "tinos",
        {
            f"files/tinos-{subset}-{weight}-{style}.woff2": f"tinos-{subset}-{weight}-{style}.woff2"
            for subset in ("cyrillic", "latin")
            for weight in (400, 700)
            for style in ("normal", "italic")
        },
    ),
)
ICONS = Package("bootstrap-icons", "1.13.2", "icons", {})

ICON_NAMES = """
    archive arrow-clockwise arrow-counterclockwise arrow-down arrow-left arrow-left-right arrow-return-left
    arrow-return-right arrow-right arrow-up asterisk award bank bar-chart bell bell-fill book bookmark box-arrow-in-right
    box-arrow-right box-arrow-up-right briefcase broadcast building building-add building-check building-gear buildings
    bullseye calculator calendar calendar-check calendar-event calendar-range calendar-week calendar-x calendar2-week
    calendar3 camera card-checklist card-heading card-list cash-stack chat-dots chat-left-text chat-square-text check check-all
    check-circle check-circle-fill check-lg check-square check2 check2-all check2-square chevron-down chevron-left
    chevron-right chevron-up chevron-bar-contract chevron-bar-expand circle circle-fill circle-half clipboard
    clipboard-check clipboard-data clock clock-fill clock-history cloud cloud-arrow-up cloud-check cloud-slash collection
    columns-gap copy dash dash-circle dash-lg diagram-2 diagram-3 diamond diamond-fill display door-open download
    envelope envelope-check envelope-exclamation envelope-paper exclamation-circle exclamation-circle-fill exclamation-lg
    exclamation-diamond exclamation-triangle exclamation-triangle-fill eye eye-slash fast-forward file-check
    file-diff file-earmark file-earmark-arrow-down file-earmark-arrow-up file-earmark-check file-earmark-excel
    file-earmark-image file-earmark-lock file-earmark-pdf file-earmark-plus file-earmark-richtext file-earmark-spreadsheet
    file-earmark-text file-earmark-word file-earmark-zip file-text files filter filter-left flag flag-fill folder folder2
    folder2-open forward funnel gear geo-alt globe2 graph-down graph-up grid grid-3x3 grip-horizontal grip-vertical
    hand-index-thumb hash hourglass hourglass-split house house-door image images inbox inboxes indent info-circle
    input-cursor-text journal journal-check journal-text journals key keyboard layout-split layout-text-sidebar lightbulb
    lightning link link-45deg list list-check list-nested list-ol list-task list-ul lock lock-fill megaphone
    menu-button-wide mortarboard node-plus palette paperclip patch-check patch-question pause-circle pen pencil
    pencil-square people people-fill percent person person-badge person-check person-circle person-dash person-gear
    person-lines-fill person-plus person-vcard person-workspace phone pie-chart pin-angle play-circle plus plus-circle
    plus-lg postcard printer question-circle question-diamond question-lg quote receipt record-circle repeat reply
    reply-all rulers save scissors search send send-check send-x share shield shield-check shield-exclamation shield-lock
    shuffle signpost signpost-split skip-end skip-forward slash-circle sliders sliders2 sort-alpha-down sort-down
    sort-numeric-down speedometer2 stack star star-fill stars stickies stop-circle subtract table tag tags telephone
    text-indent-left text-indent-right text-paragraph three-dots three-dots-vertical toggle-off toggle-on trash trash3
    trophy type union unlock upc-scan upload vector-pen view-list wifi-off window wrench x x-circle x-circle-fill x-lg
    x-square zoom-in zoom-out
""".split()

_SVG = re.compile(r"<svg[^>]*viewBox=\"(?P<box>[^\"]+)\"[^>]*>(?P<body>.*)</svg>", re.DOTALL)


def main() -> int:
    notes = ["What is kept here, its version and licence. Renewed by `python -m config.vendor`.", ""]
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            with _fetched(package, Path(folder)) as tar:
                place = TARGET / package.folder
                place.mkdir(parents=True, exist_ok=True)
                for source, name in package.files.items():
                    (place / name).write_bytes(_read(tar, source))
                notes.append(_note(tar, package, place))
        with _fetched(ICONS, Path(folder)) as tar:
            (TARGET / "icons.svg").write_text(_sprite(tar), encoding="utf-8")
            place = TARGET / ICONS.folder
            place.mkdir(parents=True, exist_ok=True)
            notes.append(_note(tar, ICONS, place))
    (TARGET / "versions.txt").write_text("\n".join(notes) + "\n", encoding="utf-8")
    return 0


def _fetched(package: Package, folder: Path) -> tarfile.TarFile:
    wanted = f"{package.name}@{package.version}"
    done = subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True)
    return tarfile.open(folder / done.stdout.split()[-1])


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def _note(tar: tarfile.TarFile, package: Package, place: Path) -> str:
    (place / "LICENSE").write_bytes(_read(tar, "LICENSE"))
    licence = json.loads(_read(tar, "package.json"))["license"]
    return f"{package.folder}: {package.name} {package.version}, {licence}"


def _sprite(tar: tarfile.TarFile) -> str:
    symbols = []
    for name in sorted(set(ICON_NAMES)):
        found = _SVG.search(_read(tar, f"icons/{name}.svg").decode())
        if found is None:
            raise ValueError(f"no picture in {name}")
        body = re.sub(r"\s*\n\s*", "", found["body"])
        symbols.append(f'<symbol id="{name}" viewBox="{found["box"]}">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    sys.exit(main())
