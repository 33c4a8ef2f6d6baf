#!/usr/bin/env python3
"""Sends small segments over the loopback interface as fast as it can for a while: flood.py PORT."""

import socket
import sys
import threading
import time

SECONDS = 2.0

listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))


def serve():
    served, _ = listener.accept()
    with served:
        while served.recv(1 << 16):
            pass


server = threading.Thread(target=serve)
server.start()
with socket.create_connection(listener.getsockname()) as client:
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        client.sendall(b"x" * 100)
server.join()
