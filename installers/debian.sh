# The system packages of Debian and Ubuntu: which ones, what they are called there, and how they come.

# Qt itself, a window on X11, sound, printers listed by the system, USB.
window_packages="libglib2.0-0 libgl1 libegl1 libfontconfig1 libfreetype6 libdbus-1-3 libxkbcommon0 libx11-6
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
    libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0
    libpulse0 libxext6 libxrandr2 libdrm2 libcups2 libusb-1.0-0"
# A screen and keys for the tests of the window; second readers of PDFs and symbols.
test_packages="xvfb xdotool poppler-utils libdmtx0b fonts-dejavu-core"

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

# Later releases renamed many libraries without changing them (64-bit time).
also_called() {
    case $1 in
        libdmtx0b) echo "libdmtx0b libdmtx0t64 libdmtx0a" ;;
        *) echo "$1 $1t64" ;;
    esac
}

apt_knows() { apt-cache show "$1" 2>/dev/null | grep -q '^Package:'; }

all_known() {
    for name in "$@"; do
        apt_knows "$name" || return
    done
}

# The packages that bring a Python able to make .venv, or nothing where there is one.
python_packages() {
    is_debian || return 0
    if find_python; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
        return
    fi
    for name in python3.11 python3.12 python3.13 python3.14; do
        apt_knows "$name" && echo "$name $name-venv" && return
    done
    echo "python3 python3-venv"
}

not_installed() {
    names=$(for name in "$@"; do also_called "$name"; done)
    there=" $(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $names 2>/dev/null | sed -n 's/^.i  *//p' | tr '\n' ' ')"
    for name in "$@"; do
        for call in $(also_called "$name"); do
            case $there in *" $call "*) continue 2 ;; esac
        done
        echo "$name"
    done
}

# What apt calls each package here, or its first name where apt has no list of packages yet.
known_names() {
    for name in "$@"; do
        for call in $(also_called "$name"); do
            apt_knows "$call" && echo "$call" && continue 2
        done
        echo "$name"
    done
}

need_packages() {
    is_debian || return 0
    missing=$(not_installed "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        install_packages $missing
    else
        names=$(known_names $missing)
        all_known $names && update= || update="sudo apt-get update && "
        stop "Dockmark needs packages of this system that are not installed yet. Install them, then start this again:" \
            "    ${update}sudo apt-get install -y --no-install-recommends $(echo $names)"
    fi
}

install_packages() {
    say "Installing packages of this system: $*"
    names=$(known_names "$@")
    if ! all_known $names || ! apt_install $names >/dev/null 2>&1; then
        refresh_lists
        DEBIAN_FRONTEND=noninteractive dpkg --configure -a >/dev/null 2>&1 </dev/null || : # after a kill in the middle
        names=$(known_names "$@")
        quietly apt_install $names || stop "apt-get could not install: $(echo $names)"
    fi
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# Apt's own waiting time does not cover its lists, which a fresh machine refreshes by itself soon after boot.
refresh_lists() {
    for attempt in 1 2 3 4 5 6 7 8 9 10 11 12; do
        answer=$(LC_ALL=C apt-get update 2>&1 </dev/null) && return
        case $answer in
            *"Could not get lock"*) sleep 10 ;;
            *) break ;;
        esac
    done
    say "apt-get update: $answer"
}
