#!/usr/bin/env python3
"""Plays a session between real programs on this host's loopback interface, to be captured: sessions.py NAME PORT."""

import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

GREETING = b"Data here!"
CLIENTS = 10
HELD = 0.2

SERVER = """
import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
with socket.socket(family, socket.SOCK_STREAM) as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((sys.argv[1], int(sys.argv[2])))
    listener.listen(16)
    print("ready", flush=True)
    for _ in range(int(sys.argv[3])):
        served, _ = listener.accept()
        with served:
            while served.recv(4096):
                pass
"""

CLIENT = """
import socket, sys, time
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as client:
    client.sendall(b"Data here!")
    time.sleep(float(sys.argv[3]))
"""

LATE_READER = """
import socket, sys, time
with socket.socket() as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(sys.argv[1])))
    listener.listen(1)
    print("ready", flush=True)
    served, _ = listener.accept()
    served.recv(4096)
    time.sleep(60)
"""


def python(code, *words, **options):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], **options)


def server(code, *words):
    """Starts a server and waits until it listens."""
    process = python(code, *words, stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


def must_end(process):
    if process.wait(timeout=20) != 0:
        raise SystemExit(f"{process.args} ended with {process.returncode}")


def tutorial(port, host="127.0.0.1"):
    """One client of a server: ten bytes, then both close."""
    serving = server(SERVER, host, port, 1)
    must_end(python(CLIENT, host, port, HELD))
    must_end(serving)


def ipv6(port):
    """The same over IPv6."""
    tutorial(port, "::1")


def http(port):
    """curl fetches a file from Python's HTTP server."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "page.txt").write_text("a page\n" * 5000)
        serving = subprocess.Popen(
            [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, str(port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if listens(port):
                    break
                time.sleep(0.1)
            subprocess.run(
                ["curl", "--silent", "--fail", "--output", os.devnull, f"http://127.0.0.1:{port}/page.txt"],
                check=True, timeout=20)
        finally:
            serving.terminate()
            serving.wait()


def listens(port):
    """Looks into the kernel's table: to call would be one more connection in the capture."""
    wanted = f":{port:04X}"
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(wanted) and fields[3] == "0A":
            return True
    return False


def ten_clients(port):
    """Ten clients of one server at the same time."""
    serving = server(SERVER, "127.0.0.1", port, CLIENTS)
    together = threading.Barrier(CLIENTS)

    def call(number):
        together.wait()
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"client %d" % number)
            together.wait()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    must_end(serving)


def killed(port):
    """The server is killed while the client still sends: it has unread data, so its kernel resets the connection."""
    serving = server(LATE_READER, port)
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(0.3)
        try:
            while True:
                client.sendall(b"x" * 100_000)
        except TimeoutError:
            pass
        serving.send_signal(signal.SIGKILL)
        serving.wait()
        try:
            client.sendall(b"anybody there?")
        except (TimeoutError, ConnectionError):
            pass


SESSIONS = {"tutorial": tutorial, "ipv6": ipv6, "http": http, "ten-clients": ten_clients, "killed": killed}

if __name__ == "__main__":
    SESSIONS[sys.argv[1]](int(sys.argv[2]))
