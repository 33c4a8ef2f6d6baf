#!/usr/bin/env python3
"""Measures whole processes, conntrace's against those of its peers, and prints a table of ratios.

  compare.py [--rounds N] [--packets N] [--stream N] [FILE...]

Without FILE: captures of 1,000,000 and 10,000,000 header-only packets and 1,000,000 full-size ones (1.1 GB), made by
make_captures.py in a temporary folder; --packets replaces all three numbers. make_real.py captures real traffic, to be
named as FILE. With --stream also so many packets that come straight from the generator through standard input, beside
tcpdump and beside nobody but wc.

conntrace and a peer run by turns, so that both meet the same minute; a ratio is the median of those of the rounds, over 1
where conntrace was faster. Memory is the peak of what is not pages of mapped files. Peers that are not installed are left
out. Run it on a machine that does nothing else. CONNTRACE names another program than this repository's.
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

from processes import measure

HERE = pathlib.Path(__file__).resolve().parent
MAKER = HERE / "make_captures.py"
CONNTRACE = os.environ.get("CONNTRACE", str(HERE.parents[2] / "conntrace")).split()

MADE = (("many", 1_000_000), ("many", 10_000_000), ("bulk", 1_000_000))
ASKED = {
    "summary": ["summary", "FILE"],
    "connections": ["connections", "--format", "ndjson", "FILE"],
}
PEERS = {
    "cat": ["cat", "FILE"],
    "tcpdump -w": ["tcpdump", "-n", "-r", "FILE", "-w", "/dev/null"],
    "tcptrace": ["tcptrace", "-n", "FILE"],
    "tshark conv": ["tshark", "-n", "-q", "-r", "FILE", "-z", "conv,tcp"],
}
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
    """Runs two commands by turns; returns the median ratio and both best times and peaks."""
    both = [(measure(mine), measure(theirs)) for _ in range(rounds)]
    if any(one[0] or two[0] for one, two in both):
        return None
    ratio = statistics.median(two[1] / one[1] for one, two in both)
    best = [min(run[side][1] for run in both) for side in (0, 1)]
    peak = [max(run[side][2] for run in both) for side in (0, 1)]
    return ratio, best, peak


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
    print("| capture | conntrace | s | MiB | peer | s | MiB | faster by |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, file in files(options.files, options.packets, folder):
            measure(["cat", file])  # into the page cache
            for asked, words in ASKED.items():
                peers = {peer: command for peer, command in PEERS.items() if shutil.which(command[0])}
                peers["summary"] = [*CONNTRACE, *ASKED["summary"]]
                for peer, command in peers.items():
                    if (peer == "summary") == (asked == "summary"):
                        continue  # connections is held against summary alone
                    row(name, asked, peer, pair([*CONNTRACE, *filled(words, file)], filled(command, file), options.rounds))


def row(name, asked, peer, found):
    if found is None:
        print(f"| {name} | {asked} | | | {peer} | failed | | |", flush=True)
        return
    ratio, best, peak = found
    print(
        f"| {name} | {asked} | {best[0]:.2f} | {peak[0]:.0f} | {peer} | {best[1]:.2f} | {peak[1]:.0f} | {ratio:.2f} |",
        flush=True,
    )


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
