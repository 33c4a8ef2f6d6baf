package dev.conntrace.junit;

import dev.conntrace.expect.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives parameters with {@link CaptureFile} their traces. */
final class CaptureFileExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(CaptureFile.class)
        && parameter.getParameter().getType() == Trace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String name = parameter.findAnnotation(CaptureFile.class).map(CaptureFile::value).orElse("");
    try {
      return read(name, context);
    } catch (IOException e) {
      throw new ParameterResolutionException("@CaptureFile: " + e.getMessage(), e);
    }
  }

  private static Trace read(String name, ExtensionContext context) throws IOException {
    Path file = Path.of(name);
    if (Files.exists(file)) {
      return TraceReader.read(file);
    }
    try (InputStream resource = context.getRequiredTestClass().getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException(
            "there is no file '"
                + name
                + "' in "
                + Path.of("").toAbsolutePath()
                + ", and no such resource beside "
                + context.getRequiredTestClass().getName());
      }
      return TraceReader.read(name, resource);
    }
  }
}
