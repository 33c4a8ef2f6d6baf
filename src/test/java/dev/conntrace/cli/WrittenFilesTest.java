package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for results: whole or not there, and never what another user's link leads to. */
class WrittenFilesTest {
  private static final String CAPTURE =
      "sample-captures/four-segment-close/four-segment-close.pcap";

  @TempDir Path folder;
  private Path precious;

  @BeforeEach
  void writePrecious() throws IOException {
    precious = Files.writeString(folder.resolve("precious"), "of mine");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path link(String name, Path target) throws IOException {
    return Files.createSymbolicLink(folder.resolve(name), target);
  }

  /** Gives a link, and nothing else, to a user who is nobody here. */
  private static void giveAway(Path link) throws IOException {
    FileOwnerAttributeView view =
        Files.getFileAttributeView(link, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      view.setOwner(
          link.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException e) {
      assumeTrue(false, "NOT CHECKED: only root can make another user's link: " + e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"packets -w OUT", "stream --raw --force -o OUT"})
  void areNotWrittenThroughAnotherUsersLink(String words) throws IOException {
    Path link = link("out.pcap", precious);
    giveAway(link);

    Invocation call = call(words, link);

    assertEquals(2, call.status(), call.err());
    assertTrue(call.err().contains("is a link that another user made"), call.err());
    assertEquals("of mine", Files.readString(precious));
    assertEquals(List.of("out.pcap", "precious"), names());
  }

  @Test
  void thatGrowAreNotWrittenThroughAnotherUsersLinkEither() throws IOException {
    Path link = link("out.pcap", precious);
    giveAway(link);

    UsageException refusal =
        assertThrows(UsageException.class, () -> LiveRecording.open(link.toString(), 1));

    assertTrue(refusal.getMessage().contains("another user made"), refusal.getMessage());
    assertEquals("of mine", Files.readString(precious));
  }

  @Test
  void thatGrowLeaveOtherNamesOfTheOldFileAlone() throws Exception {
    Path twin = Files.createLink(folder.resolve("twin"), precious);

    LiveRecording.open(twin.toString(), 1).finish(0, 0);

    assertEquals("of mine", Files.readString(precious));
    assertTrue(Files.size(twin) >= 24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"packets -w OUT", "stream --raw --force -o OUT"})
  void replaceWhatTheUsersOwnLinkLeadsTo(String words) throws IOException {
    Path link = link("out.pcap", Path.of("precious"));

    Invocation call = call(words, link);

    assertEquals(0, call.status(), call.err());
    assertTrue(Files.isSymbolicLink(link));
    String written = Files.readString(precious, StandardCharsets.ISO_8859_1);
    assertFalse(written.isEmpty() || written.contains("of mine"), written);
    assertEquals(List.of("out.pcap", "precious"), names());
  }

  @Test
  void withoutForceALinkIsAFileThatIsThere() throws IOException {
    Path link = link("out", folder.resolve("nothing"));

    Invocation call = call("stream --raw -o OUT", link);

    assertEquals(2, call.status(), call.err());
    assertEquals(List.of("out", "precious"), names());
  }

  @Test
  void keepTheOldOneAndItsPermissionsUntilTheyAreWhole() throws IOException {
    Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rw-------"));
    WholeFile file = WholeFile.at(precious, true);
    try (OutputStream stream = file.open()) {
      stream.write('n');
      assertEquals("of mine", Files.readString(precious));
    }
    assertEquals("of mine", Files.readString(precious));
    file.finish();
    file.discard();

    assertEquals("n", Files.readString(precious));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(precious)));
    assertEquals(List.of("precious"), names());
  }

  @Test
  void doNotPushOutWhatCameMeanwhile() throws IOException {
    Path place = folder.resolve("out");
    WholeFile file = WholeFile.at(place, false);
    file.open().close();
    Files.writeString(place, "of another");

    assertThrows(FileAlreadyExistsException.class, file::finish);
    file.discard();

    assertEquals("of another", Files.readString(place));
    assertEquals(List.of("out", "precious"), names());
  }

  @Test
  void areGoneWhereWritingWasGivenUp() throws IOException {
    try (NewFile file = NewFile.at(folder.resolve("out").toString(), false, List.of())) {
      file.write(new byte[100_000]);
      file.giveUp();
    } catch (UsageException e) {
      throw new AssertionError(e);
    }
    try (OpenFiles files = new OpenFiles(folder, false)) {
      files.of("whole").write('w');
      files.finish("whole");
      files.of("half").write('h');
      files.giveUp();
    }

    assertEquals(List.of("precious", "whole"), names());
  }

  @Test
  void hadLinksTurnInACircle() throws IOException {
    Path one = link("one", Path.of("two"));
    link("two", Path.of("one"));

    assertThrows(IOException.class, () -> WholeFile.at(one, true));
  }

  @Test
  void mayBeDevices() throws IOException {
    assertEquals(0, call("packets -w OUT", Path.of("/dev/null")).status());
    assertEquals(0, call("stream --raw --force -o OUT", Path.of("/dev/null")).status());
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  private static Invocation call(String words, Path out) {
    Object[] parts = (words + " " + CAPTURE).split(" ");
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].toString().replace("OUT", out.toString());
    }
    return Invocation.of(parts).tracedBy(Engine.TRACER).run();
  }
}
