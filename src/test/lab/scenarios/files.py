"""One exchange as other programs would have stored it: seldom kinds of files, compressed ones, and damaged ones."""

import struct
import subprocess

import claims
import pcapfile
import pcapngfile
import segments
from capture import Recorder
from impairment import Smooth
from namespaces import two_hosts
from path import Path
from samples import sample
from scenarios.tutorial import exchange
from sockets import connect, converse, listen, receive

LOOPBACK = "127.0.0.1"
KUZNETZOV = 0xA1B2CD34
LITTLE = pcapngfile.Writer("<")
BIG = pcapngfile.Writer(">")


def microseconds(frame):
    return frame.time // 1000


@sample("file-formats", "kuznetzov.pcap", writes=True)
def kuznetzov(path):
    """Kuznetzov's variant, of early Linux: 24 bytes before each packet."""
    capture = exchange(LOOPBACK, b"Got it.")
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", KUZNETZOV, 2, 4, 0, 0, capture.snap, capture.link_type))
        for frame in capture.frames:
            seconds, rest = divmod(frame.time, 1_000_000_000)
            file.write(struct.pack("<IIIIIHBB", seconds, rest // 1000, len(frame.data), frame.wire_length, 1, 0x800, 0, 0))
            file.write(frame.data)


@sample("file-formats", "mixed-interfaces.pcapng", writes=True)
def mixed_interfaces(path):
    """Two interfaces whose link types, units of time and beginnings of time differ."""
    with two_hosts() as (left, right), Path(left, right, (Smooth(5),), (Smooth(5),)) as tunnel:
        with Recorder(left, "lo") as near, Recorder(left, "tun0") as far:
            client, server = converse(left, LOOPBACK)
            with listen(right, tunnel.server_address) as listener:
                far_client = connect(left, tunnel.server_address)
                far_server, _ = listener.accept()
            for one, other in ((client, server), (far_client, far_server)):
                one.sendall(b"Data here!")
                receive(other, 10)
                one.close()
                other.close()
            tunnel.wait_until_quiet()
    near, far = near.capture(), far.capture()
    claims.require((near.link_type, far.link_type) == (pcapfile.ETHERNET, pcapfile.RAW_IP), "not the link types expected")
    # The second clock counts 2^-20 s from ten seconds later.
    offset = 10
    begin = [LITTLE.section((pcapngfile.APPLICATION, "conntrace laboratory")),
             LITTLE.interface(near.link_type, (pcapngfile.NAME, "lo"), (pcapngfile.RESOLUTION, bytes([9]))),
             LITTLE.interface(far.link_type, (pcapngfile.NAME, "tun0"), (pcapngfile.DESCRIPTION, "the way to the other host"),
                              (pcapngfile.RESOLUTION, bytes([0x80 | 20])), (pcapngfile.OFFSET, struct.pack("<q", offset)))]
    timed = [(f.time, LITTLE.enhanced(0, f.time, f)) for f in near.frames]
    timed += [(f.time, LITTLE.enhanced(1, ((f.time - offset * 10**9) << 20) // 10**9, f)) for f in far.frames]
    path.write_bytes(b"".join(begin + [block for _, block in sorted(timed, key=lambda pair: pair[0])]))


@sample("file-formats", "comments-and-names.pcapng", writes=True)
def comments_and_names(path):
    """What people and programs add to a capture: comments, names, descriptions; one tries to recolour the terminal."""
    capture = exchange(LOOPBACK, b"Got it.")
    data = [f for f, s in zip(capture.frames, segments.of(capture)) if s.length == 10][0]
    blocks = [LITTLE.section((pcapngfile.COMMENT, "The exchange of the tutorial,\nannotated by hand"),
                             (pcapngfile.HARDWARE, "a virtual machine"), (pcapngfile.SYSTEM, "Linux 6.18"),
                             (pcapngfile.APPLICATION, "conntrace laboratory")),
              LITTLE.interface(capture.link_type, (pcapngfile.NAME, "lo"), (pcapngfile.DESCRIPTION, "loopback")),
              LITTLE.names((bytes([127, 0, 0, 1]), "localhost.example"))]
    for frame in capture.frames:
        comments = [(pcapngfile.COMMENT, "the request \u2014 10 bytes"),
                    (pcapngfile.COMMENT, "\x1b[31mred?\x1b[0m")] if frame is data else []
        blocks.append(LITTLE.enhanced(0, microseconds(frame), frame, *comments))
    path.write_bytes(b"".join(blocks))


@sample("file-formats", "old-packets.pcapng", writes=True)
def old_packets(path):
    """Packet blocks of before 2009, in big-endian order, in a section that states a wrong length."""
    capture = exchange(LOOPBACK, b"Got it.")
    blocks = [BIG.section(length=28), BIG.interface(capture.link_type)]
    blocks += [BIG.old(0, microseconds(frame), frame) for frame in capture.frames]
    path.write_bytes(b"".join(blocks))


@sample("file-formats", "simple-packets.pcapng", writes=True)
def simple_packets(path):
    """Simple packet blocks: no times, and captured lengths only as the interface says."""
    capture = exchange(LOOPBACK, b"Got it.")
    blocks = [BIG.section(), BIG.interface(capture.link_type)]
    path.write_bytes(b"".join(blocks + [BIG.simple(frame) for frame in capture.frames]))


@sample("file-formats", "unknown-link-type.pcapng", writes=True)
def unknown_link_type(path):
    """Beside the exchange a message of another kind of link (Linux netlink), into which conntrace cannot look."""
    capture = exchange(LOOPBACK, b"Got it.")
    netlink = pcapfile.Frame(capture.frames[0].time, bytes(10) + struct.pack(">HHI", 824, 0, 0)[:6] + bytes(16), 32)
    blocks = [LITTLE.section(), LITTLE.interface(capture.link_type, (pcapngfile.NAME, "lo")),
              LITTLE.interface(253, (pcapngfile.NAME, "nlmon0")), LITTLE.enhanced(1, microseconds(netlink), netlink)]
    path.write_bytes(b"".join(blocks + [LITTLE.enhanced(0, microseconds(f), f) for f in capture.frames]))


@sample("file-formats", "zstd.pcap.zst", writes=True)
def zstd(path):
    """Two frames, a skippable one between them, as pzstd and seekable archives have."""
    content = stored(path)
    half = len(content) // 2
    path.write_bytes(packed(content[:half], "zstd", "-q", "-19", "--check") + struct.pack("<II", 0x184D2A50, 4) + b"skip"
                     + packed(content[half:], "zstd", "-q"))


@sample("file-formats", "lz4.pcap.lz4", writes=True)
def lz4(path):
    """A frame of blocks that refer to one another, and one in the format before frames."""
    content = stored(path)
    half = len(content) // 2
    path.write_bytes(packed(content[:half], "lz4", "-q", "-BD", "-B4") + packed(content[half:], "lz4", "-q", "-l"))


@sample("damaged-files", "truncated.pcap", writes=True)
def truncated(path):
    """The program that captured was killed in the middle of a packet."""
    path.write_bytes(stored(path)[:-30])


@sample("damaged-files", "damaged.pcap", writes=True)
def damaged(path):
    """A disk gave back ones instead of the sixth record's header: no telling where the next packet begins."""
    content = stored(path)
    at = 24
    for _ in range(5):
        at += 16 + struct.unpack_from("<I", content, at + 8)[0]
    path.write_bytes(content[:at] + b"\xff" * 16 + content[at + 16:])


@sample("damaged-files", "broken-download.pcap.zst", writes=True)
def broken_download(path):
    """A download that broke off in the second of two frames."""
    content = stored(path)
    half = len(content) // 2
    path.write_bytes(packed(content[:half], "zstd", "-q") + packed(content[half:], "zstd", "-q")[:-20])


def stored(path):
    """The exchange as a pcap file's bytes; `path` is where the sample will be."""
    pcapfile.write(path.with_suffix(".pcap.made"), exchange(LOOPBACK, b"Got it."))
    content = path.with_suffix(".pcap.made").read_bytes()
    path.with_suffix(".pcap.made").unlink()
    return content


def packed(content, *command):
    return subprocess.run([*command, "-c"], input=content, capture_output=True, check=True).stdout
