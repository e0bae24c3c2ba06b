#!/usr/bin/env bash
# Installs Home Assistant from PyPI into .cache of this project, once: about a minute. Prints where it is.
# HASS_VERSION and HASS_PYTHON choose another release and the Python that fits it.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The newest release that runs on any Python 3.13, which is what one finds on machines.
version=${HASS_VERSION:-2025.4.4}
venv=$PWD/.cache/home-assistant/$version

is_fitting() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1; }

# By name, or as pyenv keeps it.
find_python() {
  local candidate
  [ -z "${HASS_PYTHON:-}" ] || { echo "$HASS_PYTHON"; return; }
  for candidate in python3.13 python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3.13; do
    if is_fitting "$candidate"; then echo "$candidate"; return; fi
  done
  echo "Home Assistant $version needs Python 3.13 (with venv), and there is none: install it, or name a fitting one" \
    "(HASS_PYTHON, HASS_VERSION), or a running Home Assistant (HASS_URL, HASS_TOKEN, MQTT_URL)" >&2
  return 1
}

install() {
  rm -rf "$venv"
  "$python" -m venv "$venv" &&
    "$venv/bin/pip" install -q uv &&
    "$venv/bin/uv" pip install -q --python "$venv/bin/python" "homeassistant==$version" &&
    touch "$venv/complete"
}

if [ ! -e "$venv/complete" ]; then
  python=$(find_python)
  # Package indexes have their moments.
  install >&2 || install >&2 || install >&2
fi
echo "$venv"
