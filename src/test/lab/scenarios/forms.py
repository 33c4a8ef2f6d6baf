"""The same kind of conversation in other kinds of files, and from kernels with other settings."""

import signal
import struct
import subprocess
import time

import claims
import segments
from capture import Recorder
from impairment import Smooth
from namespaces import one_host, two_hosts
from path import Path
from samples import sample
from scenarios.tutorial import exchange
from sockets import Background, connect, converse, listen, receive

LOOPBACK = "127.0.0.1"


@sample("file-formats", "nanoseconds", nano=True)
def nanoseconds():
    return exchange(LOOPBACK, b"Got it.")


@sample("file-formats", "compressed.pcap.gz")
def compressed():
    return exchange(LOOPBACK, b"Got it.")


@sample("file-formats", "snapped")
def snapped():
    """54 bytes of each packet, as `tcpdump -s 54` keeps them: no TCP options, no payload."""
    with one_host() as host, Recorder(host, "lo", snap=54) as recorder:
        client, server = converse(host, LOOPBACK)
        client.sendall(b"Data here!")
        receive(server, 10)
        client.close()
        time.sleep(0.06)
        server.close()
        recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.require(all(len(f.data) == 54 and f.wire_length > 54 for f in capture.frames), "not 54 bytes of each")
    claims.exactly(9, capture.frames, "packets")
    return capture


@sample("file-formats", "two-interfaces.pcapng", writes=True)
def two_interfaces(path):
    """Written by dumpcap, which records two interfaces of different link types at once."""
    with two_hosts() as (left, right), Path(left, right, (Smooth(5),), (Smooth(5),)) as tunnel:
        with left.entered():
            dumpcap = subprocess.Popen(["dumpcap", "-q", "-i", "lo", "-i", "tun0", "-w", str(path)],
                                       stderr=subprocess.PIPE, text=True)
        while not dumpcap.stderr.readline().startswith("File:"):
            claims.require(dumpcap.poll() is None, "dumpcap did not start")
        time.sleep(0.5)
        client, server = converse(left, LOOPBACK)
        with listen(right, tunnel.server_address) as listener:
            far_client = connect(left, tunnel.server_address)
            far_server, _ = listener.accept()
        for one, other in ((client, server), (far_client, far_server)):
            one.sendall(b"Data here!")
            receive(other, 10)
            one.close()
            time.sleep(0.06)
            other.close()
        tunnel.wait_until_quiet()
        time.sleep(1)  # dumpcap writes what it has twice a second
        dumpcap.send_signal(signal.SIGINT)
        dumpcap.communicate(timeout=10)
    kinds = block_types(path.read_bytes())
    claims.require([kinds.count(k) for k in (1, 6, 5)] == [2, 18, 2], "not 2 interfaces, 18 packets and 2 statistics")


def block_types(content):
    """The types of a little-endian pcapng file's blocks: 1 interface, 5 statistics, 6 packet."""
    types, at = [], 0
    while at < len(content):
        kind, length = struct.unpack_from("<II", content, at)
        types.append(kind)
        at += length
    return types


@sample("large-segments", headers_only=True)
def large_segments():
    """A megabyte over the loopback interface as it is: segments of up to 65,483 bytes."""
    with one_host() as host, Recorder(host, "lo") as recorder:
        client, server = converse(host, LOOPBACK)
        with Background(receive, server, 1_000_000):
            client.sendall(bytes(1_000_000))
        client.close()
        server.close()
        recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.starts_with_handshake(found)
    claims.ends_in_order(found)
    claims.at_least(3, [s for s in found if s.length > 60_000], "segments of more than 60,000 bytes")
    return recorder.capture()


@sample("plain-options")
def plain_options():
    """Kernels without timestamps, SACK and window scaling: TCP as it was in 1990."""
    with one_host() as host:
        for option in ("timestamps", "sack", "window_scaling"):
            host.sysctl(f"net.ipv4.tcp_{option}", 0)
        with Recorder(host, "lo") as recorder:
            client, server = converse(host, LOOPBACK)
            client.sendall(b"Data here!")
            receive(server, 10)
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    found = segments.of(recorder.capture())
    claims.four_segment_close(found)
    claims.require(all(s.header_end - 34 == (24 if s.has(segments.SYN) else 20) for s in found), "other options than MSS")
    return recorder.capture()
