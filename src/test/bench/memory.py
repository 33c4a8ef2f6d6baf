#!/usr/bin/env python3
"""Runs conntrace over captures that are made to need memory, and tells how much it took.

  memory.py [--scale FACTOR] [--limit MIB] [CASE...]      all cases of the table below, or those named; 512 MiB

The captures come from make_captures.py through a pipe, so nothing is stored but 'many', which is read from a file where the
environment variable MANY names one. What counts is the peak of RssAnon plus RssShmem of conntrace and whatever it started,
sampled: pages of files that are mapped do not count. CONNTRACE names another program than this repository's.
Exits with 1 if a case took more than the limit or failed.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from processes import measure

HERE = pathlib.Path(__file__).resolve().parent
MAKER = HERE / "make_captures.py"
CONNTRACE = os.environ.get("CONNTRACE", str(HERE.parents[2] / "conntrace")).split()

# name: what is made, how many, and what is asked
CASES = {
    "many": ("many", 10_000_000, ["summary"]),
    "many-connections": ("many", 10_000_000, ["connections", "--format", "ndjson"]),
    "flood": ("flood", 10_000_000, ["summary"]),
    "flood-connections": ("flood", 10_000_000, ["connections", "--format", "ndjson"]),
    "huge": ("huge", 10, ["summary"]),
    "huge-stream": ("huge", 10, ["stream", "--raw"]),
    "holes": ("holes", 1_000_000, ["summary"]),
    "holes-stream": ("holes", 1_000_000, ["stream", "--raw"]),
    "disorder": ("disorder", 100_000, ["summary"]),
    "disorder-timeline": ("disorder", 100_000, ["timeline", "--connection", "77"]),
    "disorder-connections": ("disorder", 100_000, ["connections", "--format", "ndjson"]),
    "disorder-streams": ("disorder", 100_000, ["stream", "--format", "ndjson", "--connection", "1-100000"]),
    "overlap": ("overlap", 200_000, ["summary"]),
    "overlap-stream": ("overlap", 200_000, ["stream", "--format", "ndjson"]),
    "fragments": ("fragments", 1_000_000, ["summary"]),
    "interfaces": ("interfaces", 1_000_000, ["summary"]),
}


def generator(kind, number):
    many = os.environ.get("MANY")
    if kind == "many":
        if many:
            return ["cat", many]
        return [sys.executable, MAKER, "many", "-", str(number), str(max(1, number // 20))]
    return [sys.executable, MAKER, kind, "-", str(number)]


def run(kind, number, words):
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile("w+") as out:
        maker = subprocess.Popen(generator(kind, number), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        keeps = words[0] == "summary"
        status, seconds, peak = measure(
            [*CONNTRACE, *words, "-"], stdin=maker.stdout, stdout=out if keeps else subprocess.DEVNULL, stderr=said
        )
        maker.wait()
        out.seek(0)
        said.seek(0)
        bounds = [line.strip() for line in out if "limit" in line or "bound" in line]
        errors = said.read().decode(errors="replace").strip().splitlines()
        return status, seconds, peak, bounds + errors[-2:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--limit", type=float, default=512)
    parser.add_argument("cases", nargs="*", metavar="CASE")
    options = parser.parse_args()
    failed = False
    print(f"{'case':20} {'number':>11} {'exit':>4} {'seconds':>8} {'peak MiB':>9}  what was said of it", flush=True)
    for name in options.cases or CASES:
        kind, number, words = CASES[name]
        number = max(1, int(number * options.scale))
        status, seconds, peak, said = run(kind, number, words)
        over = peak > options.limit or status != 0
        failed |= over
        print(
            f"{name:20} {number:11,} {status:4} {seconds:8.1f} {peak:9.0f}{'!' if over else ' '} {' / '.join(said)[:200]}",
            flush=True,
        )
    sys.exit(failed)


main()
