package dev.conntrace.capture;

import dev.conntrace.wire.BigEndian;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens captures: pcap or pcapng, compressed with gzip, zstd or lz4 or not, whichever the first
 * bytes say; names do not matter. Files are read from front to back and never mapped, so that a
 * pipe will do; only the drops that a pcapng file tells of are looked for ahead.
 */
public final class CaptureFile {
  /** What users write for standard input. */
  public static final String STANDARD_INPUT = "-";

  private static final int MAGIC_BYTES = 4;
  private static final int ZSTD = 0x28B52FFD;
  private static final int XZ = 0xFD377A58;
  private static final int LZ4 = 0x04224D18;
  private static final int SNOOP = 0x736E6F6F;
  private static final int BZIP2 = 0x425A6800;
  private static final int BZIP2_MASK = 0xFFFFFF00;

  private CaptureFile() {}

  /**
   * Opens a capture as a user names it.
   *
   * @param name a path, or {@code -} for {@code standardInput}
   * @param standardInput is read where {@code name} is {@code -}, and never closed
   * @return its packets; to be closed by the caller
   * @throws CaptureException if there is no such file, it cannot be read, is empty, no capture, or
   *     damaged in its file header
   */
  public static PacketSource open(String name, InputStream standardInput) throws CaptureException {
    if (name.equals(STANDARD_INPUT)) {
      return read(name, new LeftOpen(standardInput));
    }
    try {
      return open(Path.of(name));
    } catch (InvalidPathException e) {
      throw new CaptureException(name, "not a file name: " + e.getReason());
    }
  }

  /**
   * Opens a capture file.
   *
   * @return its packets; to be closed by the caller
   * @throws CaptureException as {@link #open(String, InputStream)} does
   */
  public static PacketSource open(Path path) throws CaptureException {
    String name = path.toString();
    if (Files.isDirectory(path)) {
      throw new CaptureException(name, "is a directory; name a capture file in it");
    }
    InputStream stream;
    try {
      stream = Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new CaptureException(name, "no such file");
    } catch (AccessDeniedException e) {
      throw new CaptureException(name, "permission denied; reading it needs other rights");
    } catch (IOException e) {
      throw new CaptureException(name, "cannot be opened: " + e.getMessage());
    }
    PacketSource source = read(name, stream);
    if (source instanceof PcapngReader reader) {
      reader.foretell(DropForecast.of(path));
    }
    return source;
  }

  /**
   * Opens the capture that {@code stream} holds; closing the source closes the stream.
   *
   * @param name what messages call it
   * @throws CaptureException as {@link #open(String, InputStream)} does
   */
  public static PacketSource read(String name, InputStream stream) throws CaptureException {
    CaptureInput input = new CaptureInput(name, stream);
    try {
      Compression compression = Compression.of(input);
      if (compression != Compression.NONE) {
        input = CaptureInput.unpacking(input, compression);
      }
      return readerOf(input);
    } catch (CaptureException e) {
      closeAfter(e, input);
      throw e;
    }
  }

  /** Returns whether the file is compressed; false if it cannot be read or is too short to tell. */
  public static boolean isCompressed(Path path) {
    try (InputStream stream = Files.newInputStream(path)) {
      CaptureInput input = new CaptureInput(path.toString(), stream);
      if (Compression.of(input) != Compression.NONE) {
        return true;
      }
      int magic = input.ensure(MAGIC_BYTES) ? BigEndian.i32(input.bytes(), input.at()) : 0;
      return magic == XZ || (magic & BZIP2_MASK) == BZIP2;
    } catch (IOException e) {
      return false;
    }
  }

  private static void closeAfter(CaptureException fault, CaptureInput input) {
    try {
      input.close();
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  private static PacketSource readerOf(CaptureInput input) throws CaptureException {
    if (!input.ensure(MAGIC_BYTES)) {
      throw input.notCapture(
          input.available() == 0
              ? "is empty, not even a capture's file header is there"
              : "not a capture (only " + input.available() + " bytes)");
    }
    int magic = BigEndian.i32(input.bytes(), input.at());
    if (magic == PcapngReader.SECTION_HEADER) {
      return new PcapngReader(input);
    }
    PcapVariant variant = PcapVariant.withMagic(magic);
    if (variant != null) {
      return new PcapReader(input, variant, FieldOrder.BIG_ENDIAN);
    }
    int reversed = Integer.reverseBytes(magic);
    variant = PcapVariant.withMagic(reversed);
    if (variant != null) {
      return new PcapReader(input, variant, FieldOrder.LITTLE_ENDIAN);
    }
    throw input.notCapture(adviceFor(magic));
  }

  private static String adviceFor(int magic) {
    return switch (magic) {
      case ZSTD -> "zstd-compressed; unpack it first, with zstd -d";
      case XZ -> "xz-compressed; unpack it first, with xz -d";
      case LZ4 -> "lz4-compressed; unpack it first, with lz4 -d";
      case SNOOP -> "a snoop capture; convert it first, with editcap -F pcap";
      default -> adviceForOther(magic);
    };
  }

  private static String adviceForOther(int magic) {
    if ((magic & BZIP2_MASK) == BZIP2) {
      return "bzip2-compressed; unpack it first, with bzip2 -d";
    }
    return String.format(
        "not a capture (starts with %02x %02x %02x %02x); pcap and pcapng can be read",
        magic >>> 24, magic >>> 16 & 0xFF, magic >>> 8 & 0xFF, magic & 0xFF);
  }

  /** Standard input belongs to the program, not to the capture that is read from it. */
  private static final class LeftOpen extends FilterInputStream {
    LeftOpen(InputStream stream) {
      super(stream);
    }

    @Override
    public void close() {}
  }
}
