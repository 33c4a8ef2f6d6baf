#!/usr/bin/env python3
"""Captures real traffic to measure with: nginx serves wrk on loopback, in a network namespace of its own, at full size.

  sudo make_real.py FILE [PACKETS]     1,000,000 packets (1.2 GB) unless said; half of them plain HTTP, half TLS

100 connections at once fetch files of 1, 1, 1, 10, 10 and 100 kB (twice that as text), 200 for each connection. Segments
are those of an Ethernet (MTU 1500, no offloads), so half of the packets are full and half acknowledgements. Needs root,
nginx, wrk, tcpdump, openssl, ip and ethtool; put FILE on a disk that keeps up, as /dev/shm does: it fails if packets were
dropped.
"""
import argparse
import ctypes
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CLONE_NEWNET = 0x40000000
PROGRAMS = ("nginx", "wrk", "tcpdump", "openssl", "ip", "ethtool")
CLIENTS = 100
LONGEST_SECONDS = 600

CONFIGURATION = """
worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 200; default_type text/plain; root {folder};
  server {{ listen 127.0.0.1:8080; }}
  server {{ listen 127.0.0.1:8443 ssl; ssl_certificate {folder}/certificate; ssl_certificate_key {folder}/key; }}
}}
"""

MIX = """
local paths = {"/1", "/1", "/1", "/10", "/10", "/100"}
local turn = 0
request = function() turn = turn + 1; return wrk.format("GET", paths[turn % #paths + 1]) end
"""


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def prepare(folder):
    for kilobytes in (1, 10, 100):
        (folder / str(kilobytes)).write_text(os.urandom(kilobytes * 1000).hex())
    (folder / "configuration").write_text(CONFIGURATION.format(folder=folder))
    (folder / "mix.lua").write_text(MIX)
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-keyout", folder / "key", "-out", folder / "certificate")
    os.chmod(folder, 0o755)  # nginx reads as another user


def enter_own_network():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise SystemExit(f"make_real.py: no network namespace: {os.strerror(ctypes.get_errno())}; it needs root")
    run("ip", "link", "set", "lo", "up", "mtu", "1500")
    run("ethtool", "-K", "lo", "tso", "off", "gso", "off", "gro", "off")


def load(url, folder):
    return subprocess.Popen(
        ["wrk", "-t1", f"-c{CLIENTS}", f"-d{LONGEST_SECONDS}", "-s", str(folder / "mix.lua"), url],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def capture(file, packets, url, folder):
    """Captures so many packets of one load; fails if the kernel dropped any."""
    with subprocess.Popen(
            ["tcpdump", "-n", "-i", "lo", "-B", "400000", "-c", str(packets), "-w", str(file)],
            stderr=subprocess.PIPE, text=True) as tcpdump:
        said = tcpdump.stderr.readline()
        if "listening" not in said:
            raise SystemExit("make_real.py: " + said.strip())
        time.sleep(0.5)
        clients = load(url, folder)
        said = tcpdump.stderr.read()
        clients.send_signal(signal.SIGKILL)
        clients.wait()
    dropped = re.search(r"(\d+) packets dropped by kernel", said)
    if dropped is None or int(dropped[1]) > 0:
        raise SystemExit("make_real.py: the capture has gaps: " + " ".join(said.split()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, metavar="FILE")
    parser.add_argument("packets", type=int, nargs="?", default=1_000_000, metavar="PACKETS")
    options = parser.parse_args()
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        raise SystemExit("make_real.py: not installed: " + ", ".join(missing))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        enter_own_network()
        run("nginx", "-c", folder / "configuration")
        second = options.file.with_name(options.file.name + ".second")
        try:
            capture(options.file, options.packets - options.packets // 2, "http://127.0.0.1:8080", folder)
            capture(second, options.packets // 2, "https://127.0.0.1:8443", folder)
            join(options.file, second)
        finally:
            run("nginx", "-c", folder / "configuration", "-s", "stop")
            second.unlink(missing_ok=True)
    print(f"{options.file}: {options.packets:,} packets, {options.file.stat().st_size:,} bytes", file=sys.stderr)


def join(file, second):
    """Both are pcap files of one program: the second's records follow the first's."""
    with open(file, "ab") as whole, open(second, "rb") as more:
        more.seek(24)
        shutil.copyfileobj(more, whole)


if __name__ == "__main__":
    main()
