#!/bin/sh
# Makes the environments from the lock lists, each only when its list has changed.
#   .tools       uv, in an environment of its own
#   .venv        the project, Python 3.11 or newer
#   .venv-rasa   the dialogue engine: Python 3.10 found here, else downloaded by uv, else 3.11 likewise
# `sh deploy/setup.sh app` or `rasa` makes only that one; BAILING_RASA_PYTHON=3.10 or 3.11 settles
# the dialogue engine's Python.
set -eu
cd "$(dirname "$0")/.."

started=$(date +%s)
say() { printf '%4d s  %s\n' "$(($(date +%s) - started))" "$1"; }
hash_of() { cat "$@" | sha256sum | cut -c1-16; }
done_before() { [ -f "$1/.made-from" ] && [ "$(cat "$1/.made-from")" = "$2" ]; }

newer_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "Python 3.11, 3.12 or 3.13 is needed: apt-get install python3 python3-venv" >&2
    exit 1
}

# Exactly Python $1: known to uv, in pyenv's versions (uv trips over its shims), or downloaded.
exact_python() {
    if found=$("$uv" python find --no-python-downloads "$1" 2>/dev/null) && is_python "$1" "$found"; then
        echo "$found"
        return
    fi
    for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
        if [ -x "$found" ] && is_python "$1" "$found"; then
            echo "$found"
            return
        fi
    done
    say "Python $1 is not here, downloading it" >&2
    "$uv" python install --quiet "$1" 2>/dev/null && "$uv" python find "$1" 2>/dev/null || true
}

is_python() { "$2" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" 2>/dev/null; }

make_tools() {
    uv=.tools/bin/uv
    if [ ! -x "$uv" ]; then
        say "installing uv"
        python=$(newer_python)
        "$python" -m venv .tools
        .tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r locks/uv.txt
    fi
}

make_app() {
    wanted=$(hash_of locks/app.txt)
    done_before .venv "$wanted" && return
    say "installing the project's environment"
    "$uv" venv --quiet --clear --python "$(newer_python)" .venv
    "$uv" pip sync --quiet --require-hashes --python .venv/bin/python locks/app.txt
    pwd >"$(.venv/bin/python -c 'import site; print(site.getsitepackages()[0])')/bailing.pth"
    printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m bailing.cli "$@"\n' "$PWD" >.venv/bin/bailing
    chmod +x .venv/bin/bailing
    echo "$wanted" >.venv/.made-from
}

# .made-from holds the list's hash, which also tells the Python; an environment made with 3.11 stays
# when a 3.10 appears.
rasa_list() { [ "$1" = 3.10 ] && echo locks/rasa.txt || echo locks/rasa311.txt; }

make_rasa() {
    choice=${BAILING_RASA_PYTHON:-3.10 3.11}
    case $choice in
    3.10 | 3.11 | "3.10 3.11") ;;
    *)
        echo "BAILING_RASA_PYTHON is 3.10 or 3.11, not $choice" >&2
        exit 1
        ;;
    esac
    for version in $choice; do
        done_before .venv-rasa "$(hash_of "$(rasa_list "$version")")" && return
    done
    for version in $choice; do
        found=$(exact_python "$version")
        [ -z "$found" ] || break
    done
    [ -n "$found" ] || no_rasa_python
    say "installing the dialogue engine (Python $version)"
    "$uv" venv --quiet --clear --python "$found" .venv-rasa
    "$uv" pip sync --quiet --require-hashes --python .venv-rasa/bin/python "$(rasa_list "$version")"
    say "trying the dialogue engine"
    if ! said=$(RASA_TELEMETRY_ENABLED=false .venv-rasa/bin/python -m rasa --version 2>&1); then
        echo "$said" >&2
        exit 1
    fi
    hash_of "$(rasa_list "$version")" >.venv-rasa/.made-from
}

no_rasa_python() {
    cat >&2 <<END
The dialogue engine needs Python $(echo "$choice" | sed 's/ / or /'); here is only $("$(newer_python)" -V), and no download came through.
Do one of these, then the same command again:
  install one        apt-get install python3.11 on Debian 12, or pyenv install ${choice%% *}
  use a mirror       export UV_PYTHON_INSTALL_MIRROR=<a mirror of python-build-standalone>
  see why it failed  .tools/bin/uv python install ${choice%% *}
END
    exit 1
}

[ $# -gt 0 ] || set -- app rasa
make_tools
for part in "$@"; do
    case $part in
    app | rasa) "make_$part" ;;
    *)
        echo "app or rasa, not $part" >&2
        exit 1
        ;;
    esac
done
say "environments ready"
