# What `run` and `test` share: Python, system packages and the folder `.venv`, set up where they are missing.
# Read by both with `here` set to this folder. Nothing of it touches the network when all is in place.

root=$(dirname -- "$here")
venv=$root/.venv
. "$here/debian.sh"

say() { printf '%s\n' "$@" >&2; }

stop() {
    say "$@"
    exit 1
}

# set_up run | test
set_up() {
    needed=$window_packages
    [ "$1" = run ] || needed="$needed $test_packages"
    one_at_a_time
    if is_current "$1"; then
        need_packages $needed
    else
        need_packages $needed $(python_packages)
        find_python || stop "Dockmark needs Python 3.11 or newer. Found: $(python3 --version 2>/dev/null || echo none)." \
            "Install one (Debian 12, Ubuntu 24.04 and later have it) and start this again."
        lay_venv "$1"
    fi
    is_debian || try_qt
    allow_devices
    exec 9<&-
}

# Scanners and label printers for whoever sits here. Only root may say so, and only udev listens.
rules=/etc/udev/rules.d/70-dockmark.rules
allow_devices() {
    if [ "$(id -u)" != 0 ] || [ ! -d /etc/udev/rules.d ] || [ -e "$rules" ]; then
        return 0
    fi
    if "$venv/bin/dockmark" devices rules >"$rules.new" 2>/dev/null; then
        mv "$rules.new" "$rules"
        ! command -v udevadm >/dev/null || udevadm control --reload 2>/dev/null || :
    else
        rm -f "$rules.new"
    fi
}

# Two starts at once would write into one another's .venv. The lock passes on to pip, so a start after a kill
# waits until the pip that was left behind has ended. Without `flock` (macOS) there is no lock.
one_at_a_time() {
    exec 9<"$root"
    command -v flock >/dev/null || return 0
    flock -n 9 && return
    say "Another start is installing just now. Waiting for it ..."
    flock 9
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        python=$(command -v "$name") || continue
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    return 1
}

# For which Python and which place .venv was made: its scripts hold both.
house() {
    [ -x "$venv/bin/python" ] && "$venv/bin/python" -c 'import sys; print(*sys.version_info[:2], end=" ")' 2>/dev/null &&
        echo "$root"
}

stamp() {
    house && cksum <"$root/pyproject.toml"
}

# A stamp is the last thing that a finished installation writes.
is_current() {
    [ -s "$venv/stamp.$1" ] && [ "$(stamp)" = "$(cat "$venv/stamp.$1")" ]
}

is_whole() {
    for kept in "$venv/stamp.run" "$venv/stamp.test"; do
        [ -s "$kept" ] && [ "$(house)" = "$(head -n 1 "$kept")" ] && return
    done
    return 1
}

lay_venv() {
    what=.
    [ "$1" = run ] || what=".[$1]"
    [ ! -e "$venv" ] || [ -w "$venv" ] ||
        stop "$venv belongs to somebody else, and it is out of date. Remove it or start this as its owner."
    if is_whole; then
        say "Bringing Dockmark's libraries up to date ..."
        rm -f "$venv/stamp.run" "$venv/stamp.test"
    else # never made, interrupted, moved, or made for another Python
        say "Installing Dockmark's libraries into $venv (about 250 MB, once) ..."
        rm -rf "$venv"
        quietly "$python" -m venv "$venv" || stop "Python could not make $venv."
    fi
    (cd "$root" && PIP_USER=0 quietly "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input -e "$what") ||
        stop "The libraries could not be installed. The first start needs the network; the lines above are the end of what was said."
    stamp >"$venv/stamp.run"
    [ "$1" = run ] || cp "$venv/stamp.run" "$venv/stamp.$1"
}

# Runs a command without a word, unless it fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
    else
        tail -n 25 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# Where packages cannot be asked for by name, Qt itself says what it lacks.
try_qt() {
    quietly "$venv/bin/python" -c 'import PySide6.QtWidgets' ||
        stop "Qt cannot be loaded on this system. Install the library that it names above and start this again."
}
