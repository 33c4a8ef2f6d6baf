package dev.conntrace.sockets;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of a netlink socket (netlink(7)), those that mount a file system, and those of
 * who takes orphans in (PR_SET_CHILD_SUBREAPER).
 */
final class SystemCalls {
  static final int AF_NETLINK = 16;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int NETLINK_SOCK_DIAG = 4;

  static final int EPERM = 1;

  static final int PR_SET_CHILD_SUBREAPER = 36;
  static final int WNOHANG = 1;

  static {
    Native.register(Platform.C_LIBRARY_NAME);
  }

  private SystemCalls() {}

  static native int socket(int domain, int type, int protocol) throws LastErrorException;

  static native long send(int fd, Pointer bytes, long length, int flags) throws LastErrorException;

  static native long recv(int fd, Pointer bytes, long length, int flags) throws LastErrorException;

  static native int close(int fd) throws LastErrorException;

  static native int mount(
      String source, String target, String type, NativeLong flags, @Nullable Pointer data)
      throws LastErrorException;

  static native int umount(String target) throws LastErrorException;

  static native int prctl(
      int option, NativeLong first, NativeLong second, NativeLong third, NativeLong fourth)
      throws LastErrorException;

  static native int waitpid(int pid, @Nullable Pointer status, int options)
      throws LastErrorException;
}
