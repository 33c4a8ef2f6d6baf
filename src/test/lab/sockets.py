"""The two ends of a conversation, as blocking sockets in a namespace.

The kernel completes handshakes by itself, so a scenario is straight-line code: listen, connect, accept, send, receive.
"""

import socket
import struct
import threading

TCP_REPAIR = 19

socket.setdefaulttimeout(30)  # a scenario that waits in vain fails


def listen(host, address, port=6573, backlog=16, options=()):
    """A listener; `options` are (level, name, value) and are inherited by what it accepts."""
    listener = _socket(host, address, options)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(backlog)
    return listener


def connect(host, address, port=6573, source_port=None, options=(), timeout=5.0):
    """A connected client; with `source_port` it is bound to that port first."""
    client = _socket(host, address, options)
    client.settimeout(timeout)
    if source_port is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        client.bind(("", source_port))
    client.connect((address, port))
    return client


def begin_connect(host, local, remote):
    """A non-blocking client whose SYN is on its way, from (address, port) to (address, port)."""
    client = _socket(host, remote[0], ())
    client.bind(local)
    client.setblocking(False)
    client.connect_ex(remote)
    return client


def converse(host, address, port=6573):
    """A connected pair (client, server) on one host; the listener is closed again."""
    with listen(host, address, port) as listener:
        client = connect(host, address, port)
        server, _ = listener.accept()
    return client, server


def receive(sock, count):
    """Exactly `count` bytes; raises if the peer ends before."""
    parts = []
    while count:
        part = sock.recv(min(count, 65536))
        if not part:
            raise RuntimeError(f"the peer ended with {count} bytes missing")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def abort(sock):
    """Closes with SO_LINGER 0: a RST instead of a FIN."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def vanish(sock):
    """Takes the connection away without a FIN or RST, as a crash of the host would (TCP_REPAIR, then close)."""
    sock.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    sock.close()


class Background:
    """Runs one call beside the scenario: `with Background(receive, server, 100_000):` ends when the call has."""

    def __init__(self, call, *arguments):
        self._failure = None
        self._thread = threading.Thread(target=self._run, args=(call, arguments), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, failed, *_):
        self._thread.join(None if not failed else 0.1)
        if self._failure and not failed:
            raise self._failure

    def _run(self, call, arguments):
        try:
            call(*arguments)
        except Exception as failure:
            self._failure = failure


def _socket(host, address, options):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with host.entered():
        made = socket.socket(family, socket.SOCK_STREAM)
    for level, name, value in options:
        made.setsockopt(level, name, value)
    return made
