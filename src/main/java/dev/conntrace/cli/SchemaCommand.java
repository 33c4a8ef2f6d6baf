package dev.conntrace.cli;

import dev.conntrace.render.RecordSchema;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code schema}: what the records for programs look like. */
final class SchemaCommand implements Command {
  @Override
  public void define(CommandSpec spec) {}

  @Override
  public List<String> description() {
    return List.of(
        "Prints the JSON Schema (draft 2020-12) of everything that --format ndjson prints: each"
            + " line is one object, and fits exactly one of its records.");
  }

  @Override
  public List<String> examples() {
    return List.of("conntrace schema > conntrace.schema.json");
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws IOException {
    session.output().write(RecordSchema.text());
    return ExitStatus.DONE;
  }
}
