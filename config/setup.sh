#!/bin/sh
# Prepares the machine and .venv: system packages by apt when it may, otherwise the one exact command and exit 1.
# Usage: setup.sh run | dev | test
set -eu
what="${1:-dev}"
python="${PYTHON:-python3}"

need_run="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation python3-venv"
need_test="$need_run postgresql redis-server poppler-utils"
[ -n "${CHROMIUM:-}" ] || need_test="$need_test chromium"
case "$what" in
  test) need="$need_test" ;;
  *) need="$need_run" ;;
esac

command -v "$python" >/dev/null 2>&1 || {
  echo "Не найден Python. Выполните и повторите команду:" >&2
  echo "  sudo apt-get install -y --no-install-recommends python3 python3-venv" >&2
  exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  echo "Нужен Python 3.11 или новее. Установите его и повторите команду." >&2
  exit 1
}

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
  for name in $need; do
    case "$name" in
      python3-venv) "$python" -c 'import ensurepip, venv' 2>/dev/null && continue ;;
      postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && continue ;;
      redis-server) command -v redis-server >/dev/null 2>&1 && continue ;;
      chromium) command -v chromium >/dev/null 2>&1 && continue ;;
    esac
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] ||
      [ "$(dpkg-query -W -f '${db:Status-Status}' "${name}t64" 2>/dev/null || true)" = installed ] ||
      missing="$missing $name"
  done
else
  echo "Это не Debian и не Ubuntu: системные пакеты поставьте сами ($need)." >&2
fi

if [ -n "$missing" ]; then
  command="apt-get install -y --no-install-recommends$missing"
  if [ "$(id -u)" = 0 ]; then
    run=""
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    run="sudo"
  else
    echo "Не хватает системных пакетов. Выполните и повторите команду:" >&2
    echo "  sudo $command" >&2
    exit 1
  fi
  echo "Устанавливаем системные пакеты:$missing"
  log="$(mktemp)"
  export DEBIAN_FRONTEND=noninteractive
  { $run apt-get update -qq && $run $command; } >"$log" 2>&1 || {
    tail -5 "$log" >&2
    echo "Не удалось установить пакеты. Выполните: sudo $command" >&2
    exit 1
  }
  rm -f "$log"
fi

case "$what" in
  run) files="requirements.txt" ;;
  *) files="requirements-dev.txt" ;;
esac
stamp=".venv/.ready-$(cat "$files" | sha256sum | cut -c1-16)-$what"
[ "$what" = run ] && ls .venv/.ready-*-dev .venv/.ready-*-test >/dev/null 2>&1 &&
  full=".venv/.ready-$(cat requirements-dev.txt | sha256sum | cut -c1-16)" && ls "$full"-* >/dev/null 2>&1 && exit 0
[ -e "$stamp" ] && [ -x .venv/bin/python ] && exit 0

echo "Готовим окружение .venv…"
[ -x .venv/bin/python ] || "$python" -m venv .venv
no_packages() {
  echo "Не удалось поставить библиотеки Python (выше — почему). Проверьте доступ в интернет и повторите команду." >&2
  exit 1
}
# uv is several times faster; plain pip does the same where uv cannot be had.
if .venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv >/dev/null 2>&1; then
  .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes -r "$files" || no_packages
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$files" || no_packages
fi
rm -f .venv/.ready-*
: >"$stamp"
