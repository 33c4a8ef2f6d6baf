package dev.conntrace.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.TcpState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who holds which socket, and who descends from whom. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
class SocketOwnersTest {
  @Test
  void namesThisProcessAsTheOwnerOfItsSocket() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SocketOwners owners = new SocketOwners();
      long inode = inodeOf(listener);
      assertNull(owners.of(inode), "nobody has looked yet");
      owners.scan();
      SocketOwner owner = owners.of(inode);
      assertEquals(ProcessHandle.current().pid(), owner.pid());
      assertEquals(Files.readString(Path.of("/proc/self/comm")).strip(), owner.command());
    }
  }

  @Test
  void remembersWhoHeldASocketThatIsClosed() throws Exception {
    SocketOwners owners = new SocketOwners();
    long inode;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      inode = inodeOf(listener);
      owners.scan();
    }
    owners.scan();
    assertEquals(ProcessHandle.current().pid(), owners.of(inode).pid());
  }

  @Test
  void looksOnlyIntoTheTreeThatItWasGiven() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SocketOwners owners = new SocketOwners(new ProcessTree(other.pid()));
      owners.scan();
      assertNull(owners.of(inodeOf(listener)));
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void childrenOfChildrenBelongToATree() throws Exception {
    ProcessTree ours = new ProcessTree(ProcessHandle.current().pid());
    Process shell = new ProcessBuilder("sh", "-c", "sleep 60; :").start();
    try {
      ProcessHandle sleep = childOf(shell);
      assertTrue(ours.contains(sleep.pid()));
      assertEquals(shell.pid(), ours.parentOf(sleep.pid()));
      assertFalse(new ProcessTree(sleep.pid()).contains(shell.pid()));
      shell.destroyForcibly().waitFor();
      assertNotEquals(shell.pid(), ours.parentOf(sleep.pid()), "it has another parent now");
      ours.update();
      assertTrue(ours.contains(sleep.pid()), "it was seen while its parent lived");
      sleep.destroyForcibly();
      sleep.onExit().get();
    } finally {
      shell.destroyForcibly();
    }
  }

  @Test
  void readsTheParentBehindANameWithParentheses(@TempDir Path proc) throws Exception {
    Files.createDirectories(proc.resolve("42"));
    Files.writeString(proc.resolve("42/stat"), "42 (a) 1 (b) S 7 42 42 0 -1");
    assertEquals(7, new ProcessTree(1, 0, proc).parentOf(42));
    assertEquals(-1, new ProcessTree(1, 0, proc).parentOf(43), "there is no such process");
  }

  @Test
  void orphansThatComeToTheGuardianBelongToItsTree(@TempDir Path proc) throws Exception {
    for (String stat : List.of("1 (init) S 0", "9 (run) S 1", "42 (daemon) S 9", "50 (sh) S 1")) {
      Path process = Files.createDirectories(proc.resolve(stat.substring(0, stat.indexOf(' '))));
      Files.writeString(process.resolve("stat"), stat + " 1 1 0 -1");
    }
    ProcessTree tree = new ProcessTree(20, 9, proc);
    tree.update();
    assertEquals(Set.of(20L, 42L), tree.members());
  }

  @Test
  void whoseParentEndsWhileOneLooksIsLookedAtAgain(@TempDir Path proc) throws Exception {
    Path orphan = Files.createDirectories(proc.resolve("42")).resolve("stat");
    Files.writeString(orphan, "42 (daemon) S 41 1 1 0 -1");
    ProcessTree tree = new ProcessTree(20, 9, proc);
    tree.update();
    Files.writeString(orphan, "42 (daemon) S 9 1 1 0 -1");
    tree.update();
    assertEquals(Set.of(20L, 42L), tree.members());
  }

  @Test
  void namesMayHoldAnyBytesAndAreUtf8ByCustom(@TempDir Path proc) throws Exception {
    Path name = Files.createDirectories(proc.resolve("7")).resolve("comm");
    Files.write(name, "größe\n\u001b[1m \n".getBytes(StandardCharsets.UTF_8));
    assertEquals("größe\n\u001b[1m ", ProcessName.read(proc, 7));
    Files.write(name, new byte[] {'a', (byte) 0xC3, '\n'});
    assertEquals("a\uFFFD", ProcessName.read(proc, 7));
    assertNull(ProcessName.read(proc, 8));
  }

  private static ProcessHandle childOf(Process shell) throws InterruptedException {
    while (shell.children().findFirst().isEmpty()) {
      Thread.sleep(5);
    }
    return shell.children().findFirst().orElseThrow();
  }

  private static long inodeOf(ServerSocket listener) throws Exception {
    List<KernelSocket> found = new ArrayList<>();
    try (SocketTable table = SocketTable.open()) {
      table.each(Set.of(TcpState.LISTEN), found::add);
    }
    return found.stream()
        .filter(socket -> socket.local().port() == listener.getLocalPort())
        .findFirst()
        .orElseThrow()
        .inode();
  }
}
