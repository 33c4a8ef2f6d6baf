package dev.conntrace.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands by name. A command's class is loaded when it is called. */
enum CommandName {
  TIMELINE("timeline", "what happened on each connection, step by step (the default)"),
  CONNECTIONS("connections", "one line or record per connection"),
  PACKETS("packets", "one line or record per TCP segment"),
  SUMMARY("summary", "totals of a capture, and how far it can be trusted"),
  STREAM("stream", "what both sides said: the bytes of a connection, in order"),
  DIFF("diff", "how two captures differ, in TCP's terms"),
  VERIFY("verify", "whether captures are as expected, for regression tests"),
  LIVE("live", "what happens now on an interface, loopback first of all"),
  RUN("run", "what a command and its children say, shown when it has ended"),
  DEMO("demo", "a client and a server that show how TCP works"),
  INTERFACES("interfaces", "the interfaces that can be captured on"),
  EXPLAIN("explain", "what a word means; everything known of one frame"),
  SCHEMA("schema", "the JSON Schema of all records"),
  GENERATE_COMPLETION("generate-completion", "a completion script for bash and zsh");

  private static final CommandName[] ALL = values();

  private final String word;
  private final String oneLine;

  CommandName(String word, String oneLine) {
    this.word = word;
    this.oneLine = oneLine;
  }

  /** Returns the command of that name, or null if there is none. */
  static @Nullable CommandName ofWord(String word) {
    for (CommandName name : ALL) {
      if (name.word.equals(word)) {
        return name;
      }
    }
    return null;
  }

  /** Returns the names of all commands. */
  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (CommandName name : ALL) {
      words.add(name.word);
    }
    return words;
  }

  String word() {
    return word;
  }

  /** Returns what it shows, in a few words. */
  String oneLine() {
    return oneLine;
  }

  Command create() {
    return switch (this) {
      case TIMELINE -> new TimelineCommand();
      case CONNECTIONS -> new ConnectionsCommand();
      case PACKETS -> new PacketsCommand();
      case SUMMARY -> new SummaryCommand();
      case STREAM -> new StreamCommand();
      case DIFF -> new DiffCommand();
      case VERIFY -> new VerifyCommand();
      case LIVE -> new LiveCommand();
      case RUN -> new RunCommand();
      case DEMO -> new DemoCommand();
      case INTERFACES -> new InterfacesCommand();
      case EXPLAIN -> new ExplainCommand();
      case SCHEMA -> new SchemaCommand();
      case GENERATE_COMPLETION -> new CompletionCommand();
    };
  }
}
