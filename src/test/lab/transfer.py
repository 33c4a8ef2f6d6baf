"""One transfer across the path, with scripted trouble: who loses what is the same in every run."""

import contextlib
import socket
import time

import claims
from impairment import Scripted
from namespaces import two_hosts
from path import Path
from sockets import Background, connect, listen, receive

SEGMENT = 1448  # payload of a full segment: MTU 1500, timestamps
ONE_WAY_MS = 10
CUBIC = [(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"cubic")]


def across(acts=(), blocks=(), back_acts=(), rate_mbit=None, prepare=None, options=CUBIC, ipv6=False):
    """(client's capture, server's capture) of a transfer from client to server, 10 ms one way.

    `acts` strike what the client sends, `back_acts` what the server sends. `blocks` are byte counts: each is read by
    the server before the client sends the next, and 50 ms pass between them. `prepare(client, server)` may change the
    two hosts before; `options` are the client's. An act that found nothing to strike raises `claims.NotShown`.
    """
    forward, backward = Scripted(ONE_WAY_MS, acts), Scripted(ONE_WAY_MS, back_acts)
    with contextlib.ExitStack() as open_ones:
        left, right = open_ones.enter_context(two_hosts())
        path = open_ones.enter_context(Path(left, right, (forward,), (backward,), rate_mbit, ipv6))
        if prepare:
            prepare(left, right)
        at_client = open_ones.enter_context(path.record_client())
        at_server = open_ones.enter_context(path.record_server())
        with listen(right, path.server_address) as listener:
            client = connect(left, path.server_address, options=options)
            server, _ = listener.accept()
        for count in blocks:
            with Background(receive, server, count):
                client.sendall(bytes(count))
            time.sleep(0.05)
        client.close()
        server.recv(1)  # returns at the end of the stream
        time.sleep(0.06)
        server.close()
        path.wait_until_quiet(0.5)
    undone = forward.undone() + backward.undone()
    claims.require(not undone, f"not struck: {undone}")
    return at_client.capture(), at_server.capture()
