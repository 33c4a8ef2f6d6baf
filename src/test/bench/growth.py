#!/usr/bin/env python3
"""Tells whether the work for a packet stays the same when there are more of them.

  growth.py [CASE...]

Each case of the table is made three times, each twice as large as the one before, and conntrace's own processor time is
measured (user and system, of it and its children, without the time of an empty run). What doubles is linear. CONNTRACE names
another program than this repository's.
"""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MAKER = HERE / "make_captures.py"
CONNTRACE = os.environ.get("CONNTRACE", str(HERE.parents[2] / "conntrace")).split()

# name: what is made, the smallest number, and what is asked
CASES = {
    "mixed": ("mixed", 500_000, ["summary"]),
    "flood": ("flood", 1_000_000, ["summary"]),
    "holes": ("holes", 250_000, ["summary"]),
    "holes-stream": ("holes", 250_000, ["stream", "--raw"]),
    "overlap": ("overlap", 100_000, ["summary"]),
    "overlap-packets": ("overlap", 50_000, ["packets", "--format", "ndjson"]),
    "overlap-stream": ("overlap", 50_000, ["stream", "--format", "ndjson", "--overlap", "last"]),
    "sacks": ("sacks", 100_000, ["summary"]),
    "disorder": ("disorder", 50_000, ["summary"]),
    "fragments": ("fragments", 200_000, ["summary"]),
    "fragments-tiny": ("tiny", 500_000, ["summary"]),
    "interfaces": ("interfaces", 250_000, ["summary"]),
}


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(file, words):
    before = children_seconds()
    with open(file, "rb") as capture:
        subprocess.run([*CONNTRACE, *words, "-"], stdin=capture, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return children_seconds() - before


def main(names):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "capture")
        subprocess.run([sys.executable, MAKER, "holes", file, "1"], check=True)
        start = min(seconds(file, ["summary"]) for _ in range(3))
        print(f"{'case':18} {'smallest':>10} {'1':>8} {'2':>8} {'4':>8}   per packet, times that of the smallest", flush=True)
        for name in names or CASES:
            kind, number, words = CASES[name]
            took = []
            for factor in (1, 2, 4):
                subprocess.run([sys.executable, MAKER, kind, file, str(number * factor)], check=True, stderr=subprocess.DEVNULL)
                took.append(max(0.01, min(seconds(file, words) for _ in range(2)) - start))
            growth = took[2] / 4 / took[0]
            print(f"{name:18} {number:10,} {took[0]:7.2f}s {took[1]:7.2f}s {took[2]:7.2f}s   {growth:.2f}", flush=True)


main(sys.argv[1:])
