package dev.conntrace.render;

import dev.conntrace.trace.CaptureEnded;
import dev.conntrace.trace.ConnectionClosed;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceEvent;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Holds records against the JSON Schema that users get. */
public final class SchemaCheck {
  private static final Validator VALIDATOR = new ValidatorFactory().createValidator();
  private static final URI SCHEMA = register();

  private SchemaCheck() {}

  /** Registering also holds the schema against the schema of schemas. */
  private static URI register() {
    try {
      return VALIDATOR.registerSchema(RecordSchema.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what is wrong with records, one a line; empty if nothing is. */
  public static List<String> faults(Iterable<String> lines) {
    List<String> faults = new ArrayList<>();
    for (String line : lines) {
      Validator.Result result = VALIDATOR.validate(SCHEMA, line);
      if (!result.isValid()) {
        StringBuilder fault = new StringBuilder(line);
        for (Error error : result.getErrors()) {
          fault.append("\n  ").append(error.getInstanceLocation());
          fault.append(": ").append(error.getError());
        }
        faults.add(fault.toString());
      }
    }
    return faults;
  }

  /** Returns what is wrong with the records of these events. */
  public static List<String> faultsOf(List<TraceEvent> events) {
    StringWriter text = new StringWriter();
    try (NdjsonRecords records = new NdjsonRecords(text)) {
      for (TraceEvent event : events) {
        if (event instanceof SegmentSeen segment) {
          records.packet("-", segment);
        } else if (event instanceof ConnectionClosed closed) {
          records.connection("-", closed.report());
        } else if (event instanceof CaptureEnded ended) {
          records.summary("-", ended.report());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return faults(text.toString().lines().toList());
  }
}
