"""Small messages, and how the kernel waits with them."""

import socket
import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from sockets import converse, receive


@sample("nagle-delayed-ack")
def nagle():
    """A request in two small writes: the second waits for the ACK of the first, and the server delays that ACK."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, "127.0.0.1")
        for number in range(1, 5):
            client.sendall(b"head %d; " % number)
            client.sendall(b"body %d.\n" % number)
            receive(server, 16)
            server.sendall(b"ok %d\n" % number)
            receive(client, 5)
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    parts = [s for s in found if s.length == 8]
    waits = [body.time - head.time for head, body in zip(parts[::2], parts[1::2])]
    claims.at_least(3, [w for w in waits if w > 35_000_000], "bodies that waited for a delayed ACK")
    claims.four_segment_close(found)
    return recorder.capture()


@sample("coalesced-writes")
def coalesced():
    """A hundred small writes: while one waits for its ACK, the next ones gather and leave together."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, "127.0.0.1")
        for number in range(100):
            client.sendall(b"%048d.\n" % number)
        receive(server, 5000)
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    data = [s for s in found if s.length > 0]
    claims.at_least(1, [s for s in data if s.length >= 10 * 50], "segments of ten writes or more")
    claims.four_segment_close(found)
    return recorder.capture()


@sample("urgent-data")
def urgent():
    """One urgent byte overtakes nothing: it is marked in the stream by URG and the urgent pointer."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, "127.0.0.1")
        client.sendall(b"take your time ")
        time.sleep(0.02)
        client.send(b"stop!", socket.MSG_OOB)
        time.sleep(0.02)
        client.sendall(b" and go on")
        receive(server, 15 + 4)
        server.recv(1, socket.MSG_OOB)
        receive(server, 10)
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    claims.at_least(1, claims.with_flags(0x20, found), "URG")
    claims.four_segment_close(found)
    return recorder.capture()
