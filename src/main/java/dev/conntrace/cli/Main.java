package dev.conntrace.cli;

import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Entry point of the command line. */
public final class Main {
  private final Surroundings surroundings;
  private final Engine engine;
  private final Messages messages;

  private Main(Surroundings surroundings, Engine engine) {
    this.surroundings = surroundings;
    this.engine = engine;
    this.messages = new Messages(surroundings.err(), false, false);
  }

  /** Runs the command line in this process, and ends it with the exit status. */
  public static void main(String[] args) {
    // Options are read as text: picocli need not load converters, for java.sql among others.
    System.setProperty("picocli.converters.excludes", "java.*");
    Interruption.ownProcess();
    Interruption.exit(run(args, Surroundings.ofProcess(), Engine.TRACER));
  }

  /** Runs the command line as a function of its surroundings, and returns the exit status. */
  static int run(String[] args, Surroundings surroundings, Engine engine) {
    Main main = new Main(surroundings, engine);
    return main.guarded(args).code();
  }

  private ExitStatus guarded(String[] args) {
    try {
      return start(args);
    } catch (UsageException e) {
      messages.error(String.valueOf(e.getMessage()));
      return ExitStatus.USAGE;
    } catch (Throwable e) {
      OutputFailure failure = OutputFailure.behind(e);
      if (failure != null) {
        return Faults.ofOutput(failure, messages);
      }
      boolean withTrace =
          surroundings.variable("CONNTRACE_DEBUG") != null
              || Arrays.asList(args).contains("--debug");
      return Faults.report("fault", e, messages, withTrace);
    }
  }

  private ExitStatus start(String[] args) throws UsageException, IOException {
    if (args.length == 0) {
      messages.block(new Help(Width.of(surroundings), false).ofProgram());
      return ExitStatus.USAGE;
    }
    return switch (args[0]) {
      case "-h", "--help" -> print(help().ofProgram());
      case "-V", "--version" -> print(Version.text());
      default -> {
        CommandName name = CommandName.ofWord(args[0]);
        yield name == null
            ? call(CommandName.TIMELINE, args)
            : call(name, Arrays.copyOfRange(args, 1, args.length));
      }
    };
  }

  private ExitStatus call(CommandName name, String[] words) throws UsageException, IOException {
    Command command = name.create();
    CommandLine parser = Parser.of(name, command);
    ParseResult result = Parser.parse(parser, words);
    if (result.isUsageHelpRequested()) {
      return print(help().of(name, command));
    }
    CommonOptions options = CommonOptions.of(result, surroundings);
    if (!command.prints(options.format())) {
      throw new UsageException(
          name.word()
              + " has no "
              + options.format().id()
              + "; tables are made by 'conntrace connections' and 'conntrace packets'");
    }
    String pager = options.isPaged() ? Pager.command(surroundings) : null;
    Output output = new Output(surroundings.out(), pager);
    Messages later = new Messages(surroundings.err(), options.quiet(), pager != null);
    ExitStatus status = ExitStatus.DONE;
    try {
      status = command.run(new Session(surroundings, engine, options, later, output), result);
      output.close();
    } catch (OutputFailure e) {
      status = status.worst(Faults.ofOutput(e, later));
    } finally {
      later.release();
    }
    return status;
  }

  private Help help() {
    return new Help(Width.of(surroundings), ColorChoice.AUTO.isOn(surroundings));
  }

  private ExitStatus print(String text) {
    Output output = new Output(surroundings.out(), null);
    output.write(text);
    output.close();
    return ExitStatus.DONE;
  }
}
