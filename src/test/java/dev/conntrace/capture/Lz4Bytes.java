package dev.conntrace.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import net.jpountz.xxhash.XXHashFactory;

/** Builds LZ4 files in memory for tests, with the library that others use. */
public final class Lz4Bytes {
  private static final int LEGACY_MAGIC = 0x184C2102;
  private static final int MAGIC = 0x184D2204;

  private Lz4Bytes() {}

  /** Returns one frame of independent blocks of 64 KB, with every checksum there is. */
  public static byte[] frame(byte[] plain) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (LZ4FrameOutputStream lz4 =
        new LZ4FrameOutputStream(
            file,
            BLOCKSIZE.SIZE_64KB,
            -1,
            LZ4Factory.safeInstance().fastCompressor(),
            XXHashFactory.safeInstance().hash32(),
            FLG.Bits.BLOCK_INDEPENDENCE,
            FLG.Bits.BLOCK_CHECKSUM,
            FLG.Bits.CONTENT_CHECKSUM)) {
      lz4.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** Returns one block in the format before frames. */
  public static byte[] legacy(byte[] plain) {
    byte[] packed = LZ4Factory.safeInstance().fastCompressor().compress(plain);
    return new OrderedBytes(ByteOrder.LITTLE_ENDIAN)
        .u32(LEGACY_MAGIC)
        .u32(packed.length)
        .raw(packed)
        .toBytes();
  }

  /** Returns a frame of blocks that may refer to one another, without checksums. */
  public static byte[] linked(byte[]... packedBlocks) {
    byte[] descriptor = {0x40, 0x40};
    int checksum = XXHashFactory.safeInstance().hash32().hash(descriptor, 0, 2, 0) >>> 8;
    OrderedBytes file =
        new OrderedBytes(ByteOrder.LITTLE_ENDIAN).u32(MAGIC).raw(descriptor).raw((byte) checksum);
    for (byte[] block : packedBlocks) {
      file.u32(block.length).raw(block);
    }
    return file.u32(0).toBytes();
  }
}
