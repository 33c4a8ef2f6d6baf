package dev.conntrace.decode;

import dev.conntrace.wire.InternetChecksum;
import dev.conntrace.wire.TcpView;
import java.nio.ByteBuffer;

/** The TCP part of {@link PacketBytes}. */
final class TcpBytes {
  enum Checksum {
    VALID,
    PARTIAL,
    BAD
  }

  private static final String FLAG_LETTERS = "FSRPAUECN";
  private static final int FROM_CONTENT = -1;

  int sourcePort;
  int destinationPort;
  int sequence;
  int acknowledgment;
  int flags = flagsOf("A");
  int windowField = 65535;
  int urgentPointer;
  int dataOffset = FROM_CONTENT;
  byte[] options = {};
  byte[] payload = {};
  Checksum checksum = Checksum.VALID;

  static int flagsOf(String letters) {
    int flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      int bit = FLAG_LETTERS.indexOf(letters.charAt(i));
      if (bit < 0) {
        throw new IllegalArgumentException("no flag has the letter " + letters.charAt(i));
      }
      flags |= 1 << bit;
    }
    return flags;
  }

  byte[] build(IpBytes ip) {
    int optionWords = (options.length + 3) / 4;
    int headerLength = TcpView.MIN_LENGTH + 4 * optionWords;
    int offset = dataOffset == FROM_CONTENT ? headerLength / 4 : dataOffset;
    ByteBuffer segment = ByteBuffer.allocate(headerLength + payload.length);
    segment.putShort((short) sourcePort).putShort((short) destinationPort);
    segment.putInt(sequence).putInt(acknowledgment);
    segment.putShort((short) (offset << 12 | flags)).putShort((short) windowField);
    segment.putShort((short) 0).putShort((short) urgentPointer);
    segment.put(options).position(headerLength).put(payload);
    segment.putShort(TcpView.CHECKSUM, checksumOf(segment.array(), ip));
    return segment.array();
  }

  private short checksumOf(byte[] segment, IpBytes ip) {
    long pseudo = ip.pseudoHeaderSum() + segment.length;
    int partial = InternetChecksum.fold(pseudo);
    int valid =
        ~InternetChecksum.fold(pseudo + InternetChecksum.sum(segment, 0, segment.length)) & 0xFFFF;
    return (short)
        switch (checksum) {
          case VALID -> valid;
          case PARTIAL -> partial;
          case BAD -> valid + 1;
        };
  }
}
