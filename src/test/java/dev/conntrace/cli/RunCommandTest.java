package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conntrace.render.SchemaCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real command is run in a network of its own, beside others that are none of its business. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunCommandTest {
  private static final String PORT = "6573";

  /** Connects, says something, and holds the connection for a while. */
  private static final String CLIENT =
      """
      import socket,sys,time
      c=socket.create_connection(('127.0.0.1',int(sys.argv[1])))
      c.sendall(b'Data here!');time.sleep(0.4);c.close()
      """;

  private static final String SERVER =
      """
      import socket,sys
      s=socket.create_server(('127.0.0.1',int(sys.argv[1])))
      print('ready',flush=True)
      while True:
        c,_=s.accept()
        while c.recv(99): pass
        c.close()
      """;

  @TempDir Path folder;
  private Namespace network;
  private final List<Process> others = new ArrayList<>();

  @BeforeEach
  void openNetwork() throws IOException {
    network = Namespace.open();
  }

  @AfterEach
  void closeNetwork() {
    others.forEach(Process::destroyForcibly);
    network.close();
  }

  private void serveBeside(String port) throws IOException {
    Process server = network.process(List.of("python3", "-c", SERVER, port)).start();
    others.add(server);
    server.inputReader(StandardCharsets.UTF_8).readLine();
  }

  private Namespace.Running run(Object... words) throws IOException {
    List<Object> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(words));
    return network.start(folder, "run", List.of(), all.toArray());
  }

  @Test
  void showsAClientWhoseServerIsSomebodyElse() throws Exception {
    serveBeside(PORT);
    Namespace.Running run = run("python3", "-c", CLIENT, PORT);
    assertEquals(0, run.await(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().matches("(?s).*connection 1  client python3\\[\\d+]\n.*"), run.out());
    assertTrue(run.out().contains("data, bytes 1-10: \"Data here!\""), run.out());
    assertTrue(run.out().contains("of 1 connection"), run.out());
  }

  @Test
  void tellsWhatTheKernelHasOfTheSocketsInPlace() throws Exception {
    serveBeside(PORT);
    for (List<String> option : List.of(List.<String>of(), List.of("--live"))) {
      List<Object> words = new ArrayList<>(option);
      words.addAll(List.of("--format", "ndjson", "python3", "-c", CLIENT, PORT));
      Namespace.Running run = run(words.toArray());
      assertEquals(0, run.await(), run.err());
      String records = option.isEmpty() ? run.out() : run.err();
      assertTrue(
          LastRecords.ofType("kernel", records).stream()
              .anyMatch(
                  seen ->
                      "client".equals(seen.get("side").asText())
                          && "ESTABLISHED".equals(seen.get("state").asText())),
          records);
      assertTrue(
          records.indexOf("\"type\":\"packet\"") < records.lastIndexOf("\"type\":\"kernel\""),
          records);
    }
  }

  @Test
  void showsWhatChildrenOfAShellSayToEachOther() throws Exception {
    Namespace.Running run =
        run(
            "--format",
            "ndjson",
            "sh",
            "-c",
            "python3 -c \"$1\" $3 | head -1 & sleep 0.5; python3 -c \"$2\" $3; pkill -P $$ python3; :",
            "sh",
            SERVER,
            CLIENT,
            PORT);
    assertEquals(0, run.await(), run.err());
    String records =
        run.out().lines().filter(line -> line.startsWith("{")).reduce("", (a, b) -> a + b + "\n");
    List<JsonNode> owners = LastRecords.ofType("ownership", records);
    assertEquals(1, owners.size(), run.out());
    assertEquals("command", owners.get(0).get("owner").asText());
    assertEquals("python3", owners.get(0).get("client").get("command").asText());
    assertEquals("python3", owners.get(0).get("server").get("command").asText());
    assertEquals(List.of(), SchemaCheck.faults(records.lines().toList()));
  }

  @Test
  void aDaemonThatLeftItsParentAtOnceBelongsToTheCommand() throws Exception {
    serveBeside(PORT);
    String daemon =
        """
        import os
        if os.fork(): os._exit(0)
        os.setsid()
        if os.fork(): os._exit(0)
        """;
    Namespace.Running run =
        run(
            "--no-kernel",
            "sh",
            "-c",
            "python3 -c \"$1\" $2; sleep 1.5; :",
            "sh",
            daemon + CLIENT,
            PORT);
    assertEquals(0, run.await(), run.err());
    assertTrue(run.out().matches("(?s).*connection 1  client python3\\[\\d+]\n.*"), run.out());
  }

  /** Scripts that stop a daemon wait until there is no process of its number any more. */
  @Test
  void anOrphanThatHasEndedIsSeenToBeGone() throws Exception {
    String script =
        "p=$(sh -c 'sleep 0.3 >&2 & echo $!'); while kill -0 $p; do sleep 0.05; done; echo gone";
    Namespace.Running run = run("-q", "sh", "-c", script);
    assertEquals(0, run.await(), run.err());
    assertEquals("gone\n", run.out());
  }

  @Test
  void leavesOutWhatOthersSay() throws Exception {
    serveBeside(PORT);
    Path file = folder.resolve("own.pcapng");
    Namespace.Running run = run("-w", file, "sh", "-c", "sleep 2");
    Thread.sleep(700);
    others.add(network.process(List.of("python3", "-c", CLIENT, PORT)).start());
    assertEquals(0, run.await(), run.err());
    assertTrue(run.err().contains("the command had no TCP connection"), run.err());
    assertEquals("", run.out());
    assertTrue(Files.exists(file));
  }

  @Test
  void listsWhatWasTooShortForItsOwnerToBeSeen() throws Exception {
    serveBeside(PORT);
    String hasty = "import socket;c=socket.create_connection(('127.0.0.1'," + PORT + "));c.close()";
    Namespace.Running run = run("--format", "ndjson", "python3", "-c", hasty);
    assertEquals(0, run.await(), run.err());
    List<JsonNode> owners = LastRecords.ofType("ownership", run.out());
    assertEquals(1, owners.size(), "it is never left out: " + run.out());
    assertTrue(List.of("command", "unknown").contains(owners.get(0).get("owner").asText()));
  }

  @Test
  void writesWhatItShows() throws Exception {
    serveBeside(PORT);
    Path packets = folder.resolve("own.pcapng");
    Path text = folder.resolve("own.txt");
    Namespace.Running run =
        run("--no-kernel", "-o", text, "-w", packets, "python3", "-c", CLIENT, PORT);
    assertEquals(0, run.await(), run.err());
    assertEquals("", run.out());
    Invocation later = Invocation.of(packets).tracedBy(Engine.TRACER).run();
    String timeline = later.out().substring(later.out().indexOf("  1  0.000000"));
    assertTrue(Files.readString(text).contains(timeline), Files.readString(text));
  }

  @Test
  void printsAtOnceOnStandardError() throws Exception {
    serveBeside(PORT);
    Namespace.Running run = run("--live", "python3", "-c", CLIENT + "time.sleep(60)", PORT);
    run.awaitSaying("Data here!");
    assertTrue(run.process().isAlive(), "the command still runs");
    run.signal("TERM");
    assertEquals(128 + 15, run.await(), run.err());
    assertTrue(run.err().contains("\nOwners\n  connection 1  client python3["), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource({"exit 7, 7", "exit 0, 0", "kill -9 $$, 137", "kill -s TERM $$, 143"})
  void endsAsTheCommandDoes(String script, int status) throws Exception {
    Namespace.Running run = run("-q", "sh", "-c", script);
    assertEquals(status, run.await(), run.err());
    assertEquals("", run.err());
  }

  @Test
  void passesSignalsOn() throws Exception {
    Namespace.Running run =
        run(
            "-q",
            "sh",
            "-c",
            "trap 'echo heard; exit 5' INT; echo on >&2; while :; do sleep 0.1; done");
    run.awaitSaying("on");
    run.signal("INT");
    assertEquals(5, run.await(), run.err());
    assertEquals("heard\n", run.out());
  }

  @Test
  void leavesTheCommandItsStreams() throws Exception {
    Path input = Files.writeString(folder.resolve("input"), "one\ntwo\n");
    Process run =
        network
            .process(
                Namespace.conntrace(
                    List.of(), "run", "-q", "--", "sh", "-c", "cat; echo three >&2", "--"))
            .redirectInput(input.toFile())
            .start();
    assertEquals(
        "one\ntwo\n", new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(
        "three\n", new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, run.waitFor());
  }

  @Test
  void wordsBehindTheCommandAreItsOwn() throws Exception {
    Namespace.Running run = run("-q", "echo", "--format", "x", "--", "-h");
    assertEquals(0, run.await(), run.err());
    assertEquals("--format x -- -h\n", run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-command, 127, there is no command 'no-such-command'",
    "/etc/passwd, 126, the command '/etc/passwd' cannot be run: Permission denied"
  })
  void saysWhyACommandCannotBeRun(String command, int status, String reason) throws Exception {
    Namespace.Running run = run(command);
    assertEquals(status, run.await());
    assertEquals("conntrace: " + reason + "\n", run.err());
  }

  @Test
  void leavesNoCommandAloneWhereNothingMoreCanBeRecorded() throws Exception {
    serveBeside(PORT);
    String talker =
        CLIENT.replace("b'Data here!'", "bytes(8000000)") + "print('command ends',flush=True)";
    // The temporary file may not grow beyond 1 MiB, as if the disk were full.
    List<String> words = new ArrayList<>(List.of("sh", "-c", "ulimit -f 2048; exec \"$@\"", "sh"));
    words.addAll(Namespace.conntrace(List.of(), "run", "python3", "-c", talker, PORT));
    Process run = network.process(words).start();
    String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(70, run.waitFor(), err);
    assertEquals("command ends\n", out);
    assertTrue(
        err.matches("conntrace: cannot write a temporary file: .*too large.*\n"),
        "said when the command has ended: " + err);
  }

  @Test
  void itsOwnStatusCanBeAskedFor() throws Exception {
    Namespace.Running run = run("-q", "--ignore-status", "sh", "-c", "exit 9");
    assertEquals(0, run.await(), run.err());
    assertFalse(run.process().isAlive());
  }
}
