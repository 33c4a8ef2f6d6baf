package dev.conntrace.junit;

import dev.conntrace.expect.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs tests with {@link CaptureFolder} once for each capture. */
final class CaptureFolderExtension implements TestTemplateInvocationContextProvider {
  private static final Pattern CAPTURE =
      Pattern.compile(".*\\.(pcap|pcapng|cap)(\\.(gz|zst|lz4))?");

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    String folder =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), CaptureFolder.class)
            .map(CaptureFolder::value)
            .orElse("");
    List<Path> captures = captures(Path.of(folder));
    if (captures.isEmpty()) {
      throw new ExtensionConfigurationException(
          "@CaptureFolder: there is no capture in '" + folder + "'");
    }
    return captures.stream().map(capture -> new Invocation(Path.of(folder), capture));
  }

  private static List<Path> captures(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> CAPTURE.matcher(file.toString().toLowerCase(Locale.ROOT)).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ExtensionConfigurationException(
          "@CaptureFolder: cannot look into '" + folder + "': " + e, e);
    }
  }

  /** One capture's turn. */
  private record Invocation(Path folder, Path capture)
      implements TestTemplateInvocationContext, ParameterResolver {
    @Override
    public String getDisplayName(int index) {
      return folder.relativize(capture).toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    /** A parameter with an annotation is for whoever made that. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return (type == Trace.class || type == Path.class)
          && parameter.getParameter().getAnnotations().length == 0;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      if (parameter.getParameter().getType() == Path.class) {
        return capture;
      }
      try {
        return TraceReader.read(capture);
      } catch (IOException e) {
        throw new ParameterResolutionException("@CaptureFolder: " + e.getMessage(), e);
      }
    }
  }
}
