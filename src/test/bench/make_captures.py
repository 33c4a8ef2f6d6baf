#!/usr/bin/env python3
"""Writes large captures to measure with. They are never committed: put them under /tmp.

  make_captures.py mixed FILE [PACKETS]                        1,000,000: 300 connections at once, ACKs, loss, SACK; headers only
  make_captures.py many FILE [PACKETS CONNECTIONS AT_ONCE]     10,000,000 in 500,000, 2,000 at once; headers only
  make_captures.py bulk FILE [PACKETS]                         1,000,000 full-size packets, 1.1 GB, in 50 connections

What attacks memory and time; hostile.py makes them:
  make_captures.py flood FILE [SOURCES]                        10,000,000 SYNs, each from another address
  make_captures.py huge FILE [GIGABYTES]                       10 GB of one connection, in segments of 64 KB
  make_captures.py holes FILE [SEGMENTS]                       1,000,000, each a gigabyte ahead of the one before
  make_captures.py disorder FILE [CONNECTIONS]                 100,000 open at once, each with a hole and data out of order
  make_captures.py overlap FILE [SEGMENTS]                     200,000 of one connection over each other, none alike
  make_captures.py sacks FILE [SEGMENTS]                       200,000, each acknowledged with blocks that ask for all before
  make_captures.py tiny FILE [FRAGMENTS]                       1,000,000 of 8 bytes each, of the largest datagrams, last first
  make_captures.py fragments FILE [DATAGRAMS]                  1,000,000 first fragments; nothing follows them
  make_captures.py interfaces FILE [INTERFACES]                a pcapng with 1,000,000 of them, all named

FILE may be - for standard output. Classic pcap unless said, microseconds, Ethernet, IPv4, checksums 0 (as a card that computes them leaves them). The same arguments give
the same bytes.
"""
import os
import random
import struct
import sys

SYN, ACK, PSH, FIN = 0x02, 0x10, 0x08, 0x01
MSS = 1448
RECORD = struct.Struct("<IIII")
# Ethernet, IPv4 and TCP headers with a timestamp option: all that most segments need.
HEADERS = struct.Struct(">6s6sHBBHHHBBHIIHHIIBBHHHHBBII")
MAC_A, MAC_B = b"\x02\0\0\0\0\x0a", b"\x02\0\0\0\0\x0b"
STEP_MICROS = 5


def opened(path):
    return os.fdopen(1, "wb", 1 << 22) if path == "-" else open(path, "wb", buffering=1 << 22)


class Writer:
    """A capture file, its clock, and how much of each packet it keeps."""

    def __init__(self, path, whole):
        self.file = opened(path)
        self.file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144 if whole else 96, 1))
        self.whole = whole
        self.micros = 1_700_000_000_000_000
        self.packets = 0
        self.payload = random.Random(1).randbytes(MSS)

    def segment(self, source, target, flags, seq, ack, length=0, window=2000, sack=None):
        self.micros += STEP_MICROS
        self.packets += 1
        options = b""
        if flags & SYN:
            options = b"\x02\x04\x05\xb4\x04\x02\x01\x03\x03\x07\x01\x01"
        elif sack:
            options = struct.pack(">BBBBII", 1, 1, 5, 10, sack[0] & 0xFFFFFFFF, sack[1] & 0xFFFFFFFF)
        header = 32 + len(options)
        wire = 34 + header + length
        kept = wire if self.whole else 34 + header
        ticks = self.micros // 1000 & 0xFFFFFFFF
        write = self.file.write
        write(RECORD.pack(self.micros // 1_000_000, self.micros % 1_000_000, kept, wire))
        source[2] = source[2] + 1 & 0xFFFF
        write(HEADERS.pack(MAC_B, MAC_A, 0x0800, 0x45, 0, 20 + header + length, source[2], 0x4000, 64, 6, 0,
                           source[0], target[0], source[1], target[1], seq & 0xFFFFFFFF, ack & 0xFFFFFFFF,
                           header << 2, flags, window, 0, 0, 0x0101, 8, 10, ticks, ticks))
        write(options)
        if self.whole and length:
            write(self.payload[:length])


class Connection:
    """One client that talks with one server: handshake, data from either, close."""

    def __init__(self, writer, number, rng, packets, download, loss=0.0):
        self.writer, self.rng, self.download, self.loss = writer, rng, download, loss
        self.client = [0x0A000000 + number // 28000 + 1, 32768 + number % 28000, 0]  # address, port, IP identification
        self.server = [0xC0A80001 + number % 200, 443, 0]
        self.seq = [rng.getrandbits(32), rng.getrandbits(32)]  # next of client and server
        self.steps = self.run(packets)

    def step(self):
        """Writes the next packet; returns False after the last."""
        return next(self.steps, None) is not None

    def send(self, side, flags, length=0, seq=None, ack=None, sack=None):
        ends = (self.client, self.server)
        seq = self.seq[side] if seq is None else seq
        ack = self.seq[1 - side] if ack is None else ack
        self.writer.segment(ends[side], ends[1 - side], flags, seq, ack, length, 64000 if flags & SYN else 2000, sack)
        return True

    def run(self, packets):
        yield self.send(0, SYN, ack=0)
        self.seq[0] += 1
        yield self.send(1, SYN | ACK)
        self.seq[1] += 1
        yield self.send(0, ACK)
        yield self.send(0, PSH | ACK, 200)
        self.seq[0] += 200
        yield self.send(1, ACK)
        left = packets - 5 - 4
        talker = 1 if self.download else 0
        while left > 0:
            if self.loss and left > 12 and self.rng.random() < self.loss:
                yield from self.lose(talker)
                left -= 8
            else:
                for _ in range(min(2, left - 1)):
                    yield self.send(talker, ACK, MSS)
                    self.seq[talker] += MSS
                    left -= 1
                yield self.send(1 - talker, ACK)
                left -= 1
        yield self.send(0, FIN | ACK)
        self.seq[0] += 1
        yield self.send(1, ACK)
        yield self.send(1, FIN | ACK)
        self.seq[1] += 1
        yield self.send(0, ACK)

    def lose(self, talker):
        """The first of four segments is lost before the capture; SACKs ask for it, it comes, all is acknowledged."""
        hole = self.seq[talker]
        for i in range(1, 4):
            yield self.send(talker, ACK, MSS, seq=hole + i * MSS)
            yield self.send(1 - talker, ACK, ack=hole, sack=(hole + MSS, hole + (i + 1) * MSS))
        yield self.send(talker, ACK, MSS, seq=hole)
        self.seq[talker] = hole + 4 * MSS
        yield self.send(1 - talker, ACK)


def write(path, packets, connections, at_once, loss, whole):
    rng = random.Random(7)
    writer = Writer(path, whole)
    each = packets // connections
    live, opened = [], 0
    while live or opened < connections:
        while len(live) < at_once and opened < connections:
            live.append(Connection(writer, opened, rng, each, rng.random() < 0.8, loss))
            opened += 1
        place = int(rng.random() * len(live))
        for _ in range(3):  # packets of one connection come in small bursts
            if not live[place].step():
                live[place] = live[-1]
                live.pop()
                break
    writer.file.close()
    print(f"{path}: {writer.packets} packets in {connections} connections", file=sys.stderr)


class Hostile:
    """Captures that are cheap to make and dear to follow."""

    def __init__(self, path, number):
        self.path, self.number = path, number

    def flood(self):
        """Blocks of 65,536 packets that differ in a few columns of bytes, which are set for all at once."""
        block = 1 << 16
        writer = Writer(os.devnull, False)
        pieces = []
        writer.file = type("Pieces", (), {"write": lambda _, data: pieces.append(data), "close": lambda _: None})()
        for low in range(block):
            writer.segment([0x0A000000 + low, 40000, 0], [0xC0A80001, 443, 0], SYN, low * 7919, 0, window=64000)
        records = bytearray(b"".join(pieces))
        size = len(records) // block
        source = 16 + 14 + 12
        with opened(self.path) as out:
            out.write(FILE_HEADER)
            for first in range(0, self.number, block):
                count = min(block, self.number - first)
                second = 1_700_000_000 + first // block
                for i, octet in enumerate(second.to_bytes(4, "little")):
                    records[i::size] = bytes([octet]) * block
                for i, octet in enumerate((0x0A00 + first // block).to_bytes(2, "big")):
                    records[source + i::size] = bytes([octet]) * block
                out.write(memoryview(records)[: count * size])

    def opening(self, writer, client, server):
        writer.segment(client, server, SYN, 0, 0, window=64000)
        writer.segment(server, client, SYN | ACK, 0, 1, window=64000)
        writer.segment(client, server, ACK, 1, 1)

    def huge(self):
        writer = Writer(self.path, True)
        writer.payload = random.Random(1).randbytes(65160)
        client, server = [0x0A000001, 40000, 0], [0xC0A80001, 443, 0]
        self.opening(writer, client, server)
        seq, end = 1, self.number * 1_000_000_000
        while seq < end:
            writer.segment(client, server, ACK, seq, 1, 65160)
            seq += 65160
            writer.segment(server, client, ACK, 1, seq)
        writer.file.close()

    def holes(self):
        writer = Writer(self.path, True)
        client, server = [0x0A000001, 40000, 0], [0xC0A80001, 443, 0]
        self.opening(writer, client, server)
        for i in range(self.number):
            writer.segment(client, server, ACK, 1 + (i << 30), 1, 100)
        writer.file.close()

    def disorder(self):
        writer = Writer(self.path, True)
        ends = [([0x0A000001 + i // 50000, 10000 + i % 50000, 0], [0xC0A80001, 443, 0]) for i in range(self.number)]
        for client, server in ends:
            self.opening(writer, client, server)
        for position in (1201, 3601, 2401, 6001, 4801, 8401):
            for client, server in ends:
                writer.segment(client, server, ACK, position, 1, 600)
        writer.file.close()

    def overlap(self):
        writer = Writer(self.path, True)
        client, server = [0x0A000001, 40000, 0], [0xC0A80001, 443, 0]
        self.opening(writer, client, server)
        rng = random.Random(3)
        for i in range(self.number):
            writer.payload = rng.randbytes(64) * 23
            writer.segment(client, server, ACK, 1000 + rng.randrange(60000), 1, 1 + rng.randrange(1400))
        writer.file.close()

    def sacks(self):
        """A thousand holes stay open, and every block names another of the islands between them."""
        writer = Writer(self.path, True)
        client, server = [0x0A000001, 40000, 0], [0xC0A80001, 443, 0]
        self.opening(writer, client, server)
        rng = random.Random(5)
        for i in range(self.number // 2):
            writer.segment(client, server, ACK, 1001 + 200 * (i % 5000), 1, 100)
            left = 1001 + 200 * rng.randrange(5000)
            writer.segment(server, client, ACK, 1, 1, sack=(left, left + 100))
        writer.file.close()

    def tiny(self):
        record = RECORD.pack(1_700_000_000, 0, 14 + 20 + 8, 14 + 20 + 8)
        with opened(self.path) as out:
            out.write(FILE_HEADER)
            for i in range(self.number):
                datagram, place = divmod(i, 8000)
                more = 0x2000 | (8000 - place)
                header = struct.pack(">BBHHHBBHII", 0x45, 0, 28, datagram & 0xFFFF, more, 64, 6, 0, 0x0A000001, 0xC0A80001)
                out.write(record + MAC_B + MAC_A + b"\x08\0" + header + b"overlaps")

    def fragments(self):
        record = RECORD.pack(1_700_000_000, 0, 14 + 20 + 1480, 14 + 20 + 1480)
        payload = random.Random(1).randbytes(1480)
        with opened(self.path) as out:
            out.write(FILE_HEADER)
            for i in range(self.number):
                address = 0x0A000000 + (i >> 16)
                header = struct.pack(">BBHHHBBHII", 0x45, 0, 1500, i & 0xFFFF, 0x2000, 64, 6, 0, address, 0xC0A80001)
                out.write(record + MAC_B + MAC_A + b"\x08\0" + header + payload)

    def interfaces(self):
        def block(kind, body):
            body += b"\0" * (-len(body) % 4)
            length = len(body) + 12
            return struct.pack("<II", kind, length) + body + struct.pack("<I", length)

        with opened(self.path) as out:
            out.write(block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)))
            for i in range(self.number):
                name = b"interface %9d" % i
                option = struct.pack("<HH", 2, len(name)) + name + b"\0" * (-len(name) % 4)
                out.write(block(1, struct.pack("<HHI", 1, 0, 0) + option + struct.pack("<HH", 0, 0)))
                if i % 100 == 0:
                    out.write(block(6, struct.pack("<IIIII", i, 0, i, 20, 20) + bytes(20)))


FILE_HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
HOSTILE = {"flood": 10_000_000, "huge": 10, "holes": 1_000_000, "disorder": 100_000, "overlap": 200_000, "sacks": 200_000, "tiny": 1_000_000,
           "fragments": 1_000_000, "interfaces": 1_000_000}


def main(words):
    if len(words) < 2 or words[0] not in ("mixed", "many", "bulk", *HOSTILE):
        sys.exit(__doc__)
    kind, path, numbers = words[0], words[1], [int(word) for word in words[2:]]
    if kind in HOSTILE:
        getattr(Hostile(path, numbers[0] if numbers else HOSTILE[kind]), kind)()
    elif kind == "many":
        packets, connections, at_once = (numbers + [10_000_000, 500_000, 2_000][len(numbers):])[:3]
        write(path, packets, connections, at_once, 0.0, False)
    else:
        packets = numbers[0] if numbers else 1_000_000
        connections = 900 if kind == "mixed" else 50
        write(path, packets, connections, connections // 3, 0.01, kind == "bulk")


try:
    main(sys.argv[1:])
except BrokenPipeError:
    os._exit(141)  # whoever read has seen enough
