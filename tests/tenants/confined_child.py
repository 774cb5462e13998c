"""A process that does what its input says: for the tests of what is confined."""

import os
import sys
import time
from pathlib import Path

from tenants.confined.limits import confine


def main() -> int:
    word = sys.stdin.buffer.readline().decode().strip()
    confine(memory=512 * 1024 * 1024, cpu_seconds=1)
    deeds[word]()
    return 0


def flood():
    while True:
        sys.stdout.buffer.write(b"x" * 65_536)


def burn():
    while True:
        pass


def swell():
    try:
        bytearray(1024 * 1024 * 1024)
    except MemoryError:
        sys.stdout.write("no memory")


def write():
    try:
        Path("/tmp/hq-confined.txt").write_text("out")
    except OSError:
        sys.stdout.write("no file")


def hang():
    os.close(1)
    time.sleep(60)


deeds = {
    "echo": lambda: sys.stdout.buffer.write(sys.stdin.buffer.read()),
    "deaf": lambda: sys.stdout.write("not heard"),
    "environment": lambda: sys.stdout.write(",".join(sorted(os.environ))),
    "fail": lambda: sys.exit(3),
    "sleep": lambda: time.sleep(60),
    "flood": flood,
    "burn": burn,
    "swell": swell,
    "write": write,
    "hang": hang,
}

if __name__ == "__main__":
    sys.exit(main())
