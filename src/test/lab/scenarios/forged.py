"""Segments that no end of the connection sent: a stranger guesses, and the kernel does not believe it (RFC 5961).

The forged segments come from a raw socket; everything else, the challenge ACKs above all, is the kernels' own.
"""

import socket
import struct
import time

import claims
import segments
from capture import Recorder
from namespaces import one_host
from samples import sample
from segments import ACK, RST, SYN
from sockets import converse, receive
from wrap import internet_checksum

LOOPBACK = "127.0.0.1"


def forge(host, source, target, seq, flags):
    """Sends one segment without payload from (address, port) to (address, port), with the ACK number 0."""
    pair = socket.inet_aton(source[0]) + socket.inet_aton(target[0])
    tcp = struct.pack(">HHIIBBHHH", source[1], target[1], seq % (1 << 32), 0, 0x50, flags, 1024, 0, 0)
    checksum = internet_checksum(pair + struct.pack(">HH", socket.IPPROTO_TCP, len(tcp)) + tcp)
    with host.entered(), socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP) as raw:
        raw.sendto(tcp[:16] + struct.pack(">H", checksum) + tcp[18:], target)


@sample("challenge-ack")
def challenge_ack():
    """A RST in the window but not at its edge, a RST outside, and a SYN: two challenge ACKs, and the talk goes on."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        ends = client.getsockname(), server.getsockname()
        client.sendall(b"It is me.\n")
        receive(server, 10)
        recorder.wait_until_quiet(0.05)
        expected = next(s for s in segments.of(recorder.so_far()) if s.length).end
        for seq, flags in ((expected + 100, RST), (expected - 200_000, RST), (expected + 5000, SYN)):
            forge(host, *ends, seq, flags)
            time.sleep(0.6)  # Linux sends at most one challenge ACK in half a second
        client.sendall(b"Still me.\n")
        receive(server, 10)
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    forged = [s for s in found if s.has(RST)] + [s for s in found if s.has(SYN) and s.seq == (expected + 5000) % (1 << 32)]
    claims.exactly(3, forged, "forged segments")
    answers = [found[found.index(s) + 1] for s in (forged[0], forged[2])]
    for answer in answers:
        claims.require(answer.source == ends[1] and answer.flags == ACK and answer.ack == expected, "no challenge ACK")
    claims.exactly(2, [s for s in found if s.length], "lines")
    return recorder.capture()
