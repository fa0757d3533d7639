#!/bin/sh
# Makes the environments from the lock lists, each only when its list has changed.
#   .tools       uv, in an environment of its own
#   .venv        the project, Python 3.11 or newer
#   .venv-rasa   the dialogue engine: Python 3.10 found here, else downloaded by uv
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

python310() {
    if found=$("$uv" python find --no-python-downloads 3.10 2>/dev/null) &&
        "$found" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
        echo "$found"
        return
    fi
    for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python; do
        if [ -x "$found" ] && "$found" -c pass 2>/dev/null; then
            echo "$found"
            return
        fi
    done
    "$uv" python install --quiet 3.10 2>/dev/null && "$uv" python find 3.10 2>/dev/null || true
}

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

make_rasa() {
    wanted=$(hash_of locks/rasa.txt)
    done_before .venv-rasa "$wanted" && return
    found=$(python310)
    if [ -n "$found" ]; then
        say "installing the dialogue engine (Python 3.10)"
        "$uv" venv --quiet --clear --python "$found" .venv-rasa
        "$uv" pip sync --quiet --require-hashes --python .venv-rasa/bin/python locks/rasa.txt
    else
        echo "Python 3.10 is needed for the dialogue engine and could not be found or downloaded" >&2
        exit 1
    fi
    say "trying the dialogue engine"
    RASA_TELEMETRY_ENABLED=false PYTHONWARNINGS=ignore \
        .venv-rasa/bin/python -m rasa --version >/dev/null
    echo "$wanted" >.venv-rasa/.made-from
}

make_tools
make_app
make_rasa
say "environments ready"
