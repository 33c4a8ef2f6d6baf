"""The tutorial's exchange: a client says "Data here!" to a server on 127.0.0.1:6573."""

import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from sockets import converse, receive


def exchange(address, answer=b""):
    """The capture of one exchange over loopback: the client sends, the server reads and may answer, both close."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, address)
        client.sendall(b"Data here!")
        receive(server, 10)
        if answer:
            server.sendall(answer)
            receive(client, len(answer))
        client.close()
        time.sleep(0.06)  # longer than a delayed ACK: the client's FIN is acknowledged by itself
        server.close()
        recorder.wait_until_quiet()
    capture = recorder.capture()
    found = segments.of(capture)
    claims.starts_with_handshake(found)
    claims.exactly(1, [s for s in found if s.length == 10], "segments with the ten bytes")
    claims.four_segment_close(found)
    return capture


@sample("tutorial")
def tutorial():
    return exchange("127.0.0.1")


@sample("tutorial", "tutorial-answered")
def tutorial_answered():
    return exchange("127.0.0.1", b"Got it.")


@sample("ipv6")
def ipv6():
    return exchange("::1", b"Got it.")
