package dev.conntrace.capture.live;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** The system calls of a packet socket: Linux's packet(7), mmap(2) and poll(2). */
final class LinuxCalls {
  static final int AF_PACKET = 17;
  static final int SOCK_RAW = 3;
  static final int SOCK_DGRAM = 2;
  static final int SOL_SOCKET = 1;
  static final int SOL_PACKET = 263;

  static final int SO_ERROR = 4;
  static final int SO_ATTACH_FILTER = 26;
  static final int PACKET_RX_RING = 5;
  static final int PACKET_STATISTICS = 6;
  static final int PACKET_VERSION = 10;
  static final int TPACKET_V3 = 2;

  static final int PROT_READ_WRITE = 3;
  static final int MAP_SHARED = 1;
  static final short POLLIN = 1;
  static final short POLLERR = 8;

  static final int EPERM = 1;
  static final int EACCES = 13;
  static final int ENODEV = 19;
  static final int ENETDOWN = 100;

  static {
    Native.register(Platform.C_LIBRARY_NAME);
  }

  private LinuxCalls() {}

  static native int socket(int domain, int type, int protocol) throws LastErrorException;

  static native int setsockopt(int fd, int level, int name, Pointer value, int length)
      throws LastErrorException;

  static native int getsockopt(int fd, int level, int name, Pointer value, Pointer length)
      throws LastErrorException;

  static native Pointer mmap(
      Pointer address, long length, int protection, int flags, int fd, long offset)
      throws LastErrorException;

  static native int munmap(Pointer address, long length) throws LastErrorException;

  static native int bind(int fd, Pointer address, int length) throws LastErrorException;

  static native int poll(Pointer descriptors, long count, int timeoutMillis);

  static native int close(int fd) throws LastErrorException;

  static native int if_nametoindex(String name);
}
