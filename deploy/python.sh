#!/bin/sh
# Prints the newest Python from 3.11 to 3.13 that really runs; a newer one is taken with a warning, an older one refused.
# Running a candidate is the only proof: a pyenv shim stands on PATH for every version it knows and fails when called.

probe='import sys, venv, ssl, sqlite3, ctypes; print("%d.%d" % sys.version_info[:2])'
seen=""

# Prints "version path" of a candidate that runs.
try() {
    [ -x "$1" ] || return 1
    found=$("$1" -I -c "$probe" 2>/dev/null) || return 1
    printf '%s %s\n' "$found" "$1"
}

# Every place where a Python called $1 may lie, one path a line.
places() {
    rest=$PATH:${PYTHON_PLACES-/usr/local/bin:/usr/bin:/opt/homebrew/bin}
    while [ -n "$rest" ]; do
        folder=${rest%%:*}
        [ "$rest" = "$folder" ] && rest="" || rest=${rest#*:}
        [ -n "$folder" ] && printf '%s\n' "$folder/$1"
    done
    for folder in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin "$HOME"/.local/share/uv/python/*/bin; do
        printf '%s\n' "$folder/$1"
    done
}

wanted() {
    places "$1" | while IFS= read -r candidate; do
        answer=$(try "$candidate") || continue
        if [ "${answer%% *}" = "$2" ]; then
            printf '%s\n' "$candidate"
            break
        fi
    done
}

for version in 3.13 3.12 3.11; do
    found=$(wanted "python$version" "$version")
    [ -n "$found" ] && { printf '%s\n' "$found"; exit 0; }
done

# No versioned name: a plain python3 may still be one of them, or newer, or too old.
newer=""
for name in python3 python python3.15 python3.14; do
    answer=$(places "$name" | while IFS= read -r candidate; do try "$candidate" && break; done)
    [ -n "$answer" ] || continue
    version=${answer%% *}
    path=${answer#* }
    seen="$seen $version"
    case $version in
        3.11 | 3.12 | 3.13) printf '%s\n' "$path"; exit 0 ;;
        3.1[4-9] | 3.[2-9][0-9]) [ -n "$newer" ] || newer=$answer ;;
    esac
done

if [ -n "$newer" ]; then
    printf 'Python %s is newer than the portal was tried with (3.11 to 3.13); trying it.\n' "${newer%% *}" >&2
    printf '%s\n' "${newer#* }"
    exit 0
fi
printf 'The portal needs Python 3.11, 3.12 or 3.13 with its venv module%s.\n' "${seen:+ (found only:$seen)}" >&2
printf 'Debian and Ubuntu: apt install python3 python3-venv. Elsewhere: python.org or pyenv.\n' >&2
exit 1
