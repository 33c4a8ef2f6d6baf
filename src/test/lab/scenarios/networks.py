"""Several networks in one capture, packets in pieces, and UDP beside TCP."""

import socket
import time

import claims
import segments
import wrap
from capture import Recorder
from namespaces import join, one_segment_a_frame, two_hosts
from pcapfile import Capture
from samples import sample
from sockets import Background, connect, listen, receive

LEFT, RIGHT, PORT = "10.0.0.1", "10.0.0.2", 6573


def exchange(source_port):
    """The same addresses and ports each time, in a network of their own: "Data here!" and as many bytes back."""
    with two_hosts() as (left, right):
        join(left, right, LEFT + "/24", RIGHT + "/24")
        with Recorder(right, "veth0") as recorder:
            with listen(right, RIGHT) as listener:
                client = connect(left, RIGHT, source_port=source_port)
                server, _ = listener.accept()
            client.sendall(b"Data here!")
            receive(server, 10)
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.four_segment_close(segments.of(capture))
    return capture


@sample("encapsulation", "two-vlans")
def two_vlans():
    """Two customers of a provider use the same addresses; their conversations run at the same time."""
    first, second = (wrap.tagged(exchange(40000), (wrap.VLAN, number)) for number in (10, 20))
    shift = first.frames[0].time - second.frames[0].time + 1000
    for frame in second.frames:
        frame.time += shift
    return Capture(first.link_type, sorted(first.frames + second.frames, key=lambda f: f.time))


def on_ipv6(size):
    """`size` bytes over IPv6, each segment a packet of at most 1500 bytes."""
    with two_hosts() as (left, right):
        join(left, right, "fd00::1/64", "fd00::2/64")
        one_segment_a_frame(left, "veth0")
        with Recorder(right, "veth0") as recorder:
            with listen(right, "fd00::2") as listener:
                client = connect(left, "fd00::2")
                server, _ = listener.accept()
            with Background(receive, server, size):
                client.sendall(bytes(range(250)) * (size // 250))
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    claims.four_segment_close(segments.of(recorder.capture()))
    return recorder.capture()


@sample("fragments", "ipv6")
def ipv6():
    """Linux sends no TCP in IPv6 fragments: cut afterwards, and the second packet's pieces the last one first."""
    return wrap.in_ipv6_fragments(on_ipv6(4000), 600, backwards=2)


@sample("fragments", "vxlan")
def vxlan():
    """The inner network does not know how little the outer one carries, so the kernel cuts the outer packets."""
    with two_hosts() as (left, right):
        join(left, right, LEFT + "/24", RIGHT + "/24")
        for host, own, other, inner in ((left, LEFT, RIGHT, "10.0.9.1/24"), (right, RIGHT, LEFT, "10.0.9.2/24")):
            host.sysctl("net.ipv6.conf.default.disable_ipv6", 1)
            host.run("ip", "link", "add", "vxlan0", "type", "vxlan", "id", "42", "local", own, "remote", other,
                     "dstport", "4789")
            host.run("ip", "address", "add", inner, "dev", "vxlan0")
            host.run("ip", "link", "set", "vxlan0", "mtu", "1500")
            host.run("ip", "link", "set", "vxlan0", "up")
            one_segment_a_frame(host, "vxlan0")
        with Recorder(right, "veth0") as recorder:
            with listen(right, "10.0.9.2") as listener:
                client = connect(left, "10.0.9.2")
                server, _ = listener.accept()
            with Background(receive, server, 4000):
                client.sendall(bytes(range(250)) * 16)
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    capture = recorder.capture()
    pieces = [f for f in capture.frames if f.data[12:14] == b"\x08\x00" and (f.data[20] & 0x3F or f.data[21])]
    claims.at_least(2, pieces, "fragments of outer packets")
    return capture


def ask(sock, question, times):
    """Asks an echo server over UDP, and gives up on an answer after a moment."""
    sock.settimeout(0.05)
    for _ in range(times):
        sock.sendto(question, (RIGHT, PORT))
        try:
            sock.recv(2000)
        except TimeoutError:
            pass


def answer(sock, count):
    """Echoes `count` datagrams, all but the second."""
    for i in range(count):
        data, sender = sock.recvfrom(2000)
        if i != 1:
            sock.sendto(data, sender)


def datagrams(left, right):
    """Three questions over UDP, the second without an answer, and one to a port that nobody has."""
    with right.entered():
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with left.entered():
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with server, client:
        server.bind((RIGHT, PORT))
        with Background(answer, server, 3):
            ask(client, b"Data here!", 3)
        client.sendto(b"Anybody?", (RIGHT, 9999))


def is_udp(frame):
    return frame.data[12:14] == b"\x08\x00" and frame.data[23] == 17


@sample("udp", "udp-and-tcp")
def udp_and_tcp():
    """The same question over UDP and over TCP, to the same port."""
    with two_hosts() as (left, right):
        join(left, right, LEFT + "/24", RIGHT + "/24")
        with Recorder(right, "veth0") as recorder:
            datagrams(left, right)
            with listen(right, RIGHT) as listener:
                client = connect(left, RIGHT)
                server, _ = listener.accept()
            client.sendall(b"Data here!")
            server.sendall(receive(server, 10))
            receive(client, 10)
            client.close()
            time.sleep(0.06)
            server.close()
            recorder.wait_until_quiet()
    capture = recorder.capture()
    claims.exactly(6, [f for f in capture.frames if is_udp(f)], "datagrams")
    claims.four_segment_close(segments.of(capture))
    return capture
