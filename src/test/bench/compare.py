#!/usr/bin/env python3
"""Measures whole processes, conntrace's against those of its peers, and prints a table of ratios.

  compare.py [--rounds N] [--packets N] [--stream N] [FILE...]

Without FILE: captures of 1,000,000 header-only packets in 900 connections, as many full-size ones (1.1 GB), and 1,000,000
and 10,000,000 header-only ones of 20 a connection, made by make_captures.py in a temporary folder; --packets replaces all
those numbers. make_real.py captures real traffic, to be named as FILE. With --stream also so many packets that come straight
from the generator through standard input, beside tcpdump and beside nobody but wc.

conntrace's summary and a peer run by turns, so that both meet the same minute; a ratio is the median of those of the rounds,
over 1 where the summary was faster. A cell tells seconds (median), the peak of memory that is not pages of mapped files, and
for a peer that ratio. Peers that are not installed are left out. Run it on a machine that does nothing else. CONNTRACE names another program than this repository's.
"""
import argparse
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

from processes import measure, timed

HERE = pathlib.Path(__file__).resolve().parent
MAKER = HERE / "make_captures.py"
CONNTRACE = os.environ.get("CONNTRACE", str(HERE.parents[2] / "conntrace")).split()

MADE = (("mixed", 1_000_000), ("bulk", 1_000_000), ("many", 1_000_000), ("many", 10_000_000))
SUMMARY = [*CONNTRACE, "summary", "FILE"]
PEERS = {
    "`connections --format ndjson`": [*CONNTRACE, "connections", "--format", "ndjson", "FILE"],
    "`cat`": ["cat", "FILE"],
    "`tcpdump -n -w /dev/null`": ["tcpdump", "-n", "-r", "FILE", "-w", "/dev/null"],
    "`tcptrace -n`": ["tcptrace", "-n", "FILE"],
    "`tshark -n -q -z conv,tcp`": ["tshark", "-n", "-q", "-r", "FILE", "-z", "conv,tcp"],
}
# What takes longer is not run again: the rounds differ by far less.
LONG_SECONDS = 15
VERSIONS = (["java", "-version"], ["tcpdump", "--version"], ["tcptrace", "-v"], ["tshark", "--version"])


def filled(words, file):
    return [file if word == "FILE" else word for word in words]


def about():
    with open("/proc/cpuinfo") as cpuinfo:
        model = next((line.split(":")[1].strip() for line in cpuinfo if line.startswith("model name")), platform.machine())
    print(f"{os.cpu_count()} x {model}, Linux {platform.release()}")
    for words in VERSIONS:
        if shutil.which(words[0]):
            said = subprocess.run(words, capture_output=True, text=True, check=False)
            line = next((line for line in (said.stdout + said.stderr).splitlines() if line.strip()), "")
            print(f"{words[0]}: {line.strip()}")
    print()


def pair(mine, theirs, rounds):
    """Runs two commands by turns; returns the median of theirs over mine, and both medians in seconds; None if one failed."""
    both = []
    while len(both) < rounds and (not both or both[-1][1][1] < LONG_SECONDS):
        both.append((timed(mine), timed(theirs)))
    if any(one[0] or two[0] for one, two in both):
        return None
    ratio = statistics.median(two[1] / one[1] for one, two in both)
    return ratio, *(statistics.median(run[side][1] for run in both) for side in (0, 1))


def files(given, packets, folder):
    if given:
        yield from ((name, name) for name in given)
        return
    for kind, number in dict.fromkeys((kind, packets or number) for kind, number in MADE):
        file = os.path.join(folder, "capture.pcap")
        words = [kind, file, str(number)] + ([str(max(1, number // 20))] if kind == "many" else [])
        subprocess.run([sys.executable, MAKER, *words], check=True, stderr=subprocess.DEVNULL)
        yield f"{kind} {number:,}", file


def compare_files(options):
    peers = {peer: command for peer, command in PEERS.items() if shutil.which(command[0])}
    print("| capture | " + " | ".join(["`summary`", *peers]) + " |")
    print("|---" * (len(peers) + 2) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for name, file in files(options.files, options.packets, folder):
            timed(["cat", file])  # into the page cache
            print(f"| {name} | {' | '.join(compare(file, peers, options.rounds))} |", flush=True)


def compare(file, peers, rounds):
    """Holds what takes longer than conntrace's summary, and what does not, against it; returns a cell for each."""
    summary = filled(SUMMARY, file)
    found = {peer: pair(summary, filled(command, file), rounds) for peer, command in peers.items()}
    mine = [result[1] for result in found.values() if result]
    yield f"{statistics.median(mine):.2f} s, {peak(summary):.0f} MiB" if mine else "failed"
    for peer, result in found.items():
        if result:
            yield f"{result[2]:.2f} s, {peak(filled(peers[peer], file)):.0f} MiB, {result[0]:.2f}"
        else:
            yield "failed"


def peak(command):
    """The most memory of its own that a command takes, in MiB. Looking takes time, so this run is not among those timed."""
    return measure(command)[2]


def compare_streams(number):
    print(f"\n{number:,} packets from the generator through standard input:\n\n| reader | s | MiB |\n|---|---|---|")
    readers = {
        "wc -c": ["wc", "-c"],
        "tcpdump -w": ["tcpdump", "-n", "-r", "-", "-w", "/dev/null"],
        "conntrace summary": [*CONNTRACE, "summary", "-"],
    }
    for name, command in readers.items():
        if shutil.which(command[0]) is None:
            continue
        maker = subprocess.Popen(
            [sys.executable, MAKER, "many", "-", str(number), str(max(1, number // 20))],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        status, seconds, peak = measure(command, stdin=maker.stdout)
        maker.wait()
        print(f"| {name} | {seconds:.1f}{'' if status == 0 else ' failed'} | {peak:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--packets", type=int)
    parser.add_argument("--stream", type=int)
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_args()
    subprocess.run([*CONNTRACE, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it, where that is needed
    about()
    compare_files(options)
    if options.stream:
        compare_streams(options.stream)


main()
