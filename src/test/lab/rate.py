#!/usr/bin/env python3
"""Finds out at which rate captures of the loopback interface lose packets: rate.py [OPTIONS] -- CONNTRACE...

CONNTRACE are the words that start the command line. Needs CAP_NET_RAW, iperf3 and tcpdump. iperf3 sends over 127.0.0.1 for some
seconds, as fast as it can or at a given rate, while headers (128 bytes of each packet) are captured into a file: by tcpdump, by
`conntrace live -q -w` through libpcap and through a packet socket, and by both with the timeline printed.
"""

import argparse
import os
import re
import signal
import subprocess
import tempfile
import time

PORT = 5299
SNAP = 128


def conntrace(words, via, quiet):
    def command(file):
        return [*words, "live", "--via", via, "--port", str(PORT), "--snap", str(SNAP), *(["-q", "-w", file] if quiet else [])]
    return command


def tcpdump(file):
    return ["tcpdump", "-i", "lo", "-s", str(SNAP), "-w", file, "-Z", "root", "port", str(PORT)]


def send(rate, seconds, length):
    """Runs iperf3 and gives back what it says of its rate."""
    server = subprocess.Popen(["iperf3", "-s", "-1", "-p", str(PORT)], stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    words = ["iperf3", "-c", "127.0.0.1", "-p", str(PORT), "-t", str(seconds), "-f", "g"]
    words += (["-b", rate] if rate else []) + (["-l", length, "-N"] if length else [])
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    server.wait()
    return re.findall(r"([\d.]+ \w?bits/sec).*sender", said)[-1]


def measure(name, command, rate, seconds, length):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "rate.pcapng" if name != "tcpdump" else "rate.pcap")
        out = open(os.path.join(folder, "out"), "w+")
        err = open(os.path.join(folder, "err"), "w+")
        capture = subprocess.Popen(command(file), stdout=out, stderr=err)
        time.sleep(2.5)
        sent = send(rate, seconds, length)
        time.sleep(0.5)
        capture.send_signal(signal.SIGINT)
        capture.wait()
        size = os.path.getsize(out.name)
        out.seek(max(0, size - 5000))
        err.seek(0)
        said = out.read() + err.read()
    dropped = re.findall(r"(\d+) packets? (?:was |were )?dropped (?:by kernel|while)", said)
    packets = re.findall(r"(\d+) packets captured|packets\s+(\d+) packets", said)
    count = int("".join(packets[-1])) if packets else 0
    lost = int(dropped[0]) if dropped else 0
    print(f"{name:26} {sent:18} {count / seconds:9.0f} packets/s  dropped {lost} "
          f"({100 * lost / max(1, count + lost):.2f} %)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rate", default="", help="for iperf3 -b, as in 5G; without it, as fast as it can")
    parser.add_argument("--length", default="", help="for iperf3 -l, as in 1k: many small segments")
    parser.add_argument("--only", default="", help="part of the names of what is to be measured")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    ways = {"tcpdump": tcpdump}
    for via in ["libpcap", "packet-socket"]:
        ways[f"{via} -q -w"] = conntrace(options.command, via, True)
    for via in ["libpcap", "packet-socket"]:
        ways[f"{via} timeline"] = conntrace(options.command, via, False)
    for name, command in ways.items():
        if options.only in name:
            measure(name, command, options.rate, options.seconds, options.length)


if __name__ == "__main__":
    main()
