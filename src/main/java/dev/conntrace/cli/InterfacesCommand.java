package dev.conntrace.cli;

import dev.conntrace.capture.live.LiveCapture;
import dev.conntrace.capture.live.LiveDevice;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.trace.TransportAddress;
import java.net.InetAddress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code interfaces}: what can be captured on. */
final class InterfacesCommand implements Command {
  private static final int NAME_COLUMNS = 18;

  @Override
  public void define(CommandSpec spec) {
    CommonOptions.define(spec);
  }

  @Override
  public boolean prints(Format format) {
    return format == Format.TEXT;
  }

  @Override
  public List<String> description() {
    return List.of(
        "Lists the interfaces of this host, and whether a capture on each is permitted.");
  }

  @Override
  public List<String> examples() {
    return List.of("conntrace interfaces", "sudo conntrace interfaces");
  }

  @Override
  public boolean captures() {
    return true;
  }

  @Override
  public ExitStatus run(Session session, ParseResult words) throws UsageException {
    List<LiveDevice> devices;
    try {
      devices = LiveCapture.devices();
    } catch (LiveException e) {
      return LiveCommand.failed(e, session.messages());
    }
    session.output().write(Messages.printable(LiveCapture.libpcap()) + "\n");
    for (LiveDevice device : devices) {
      session.output().write(line(device) + "\n");
    }
    return ExitStatus.DONE;
  }

  private static String line(LiveDevice device) {
    StringBuilder line = new StringBuilder(Messages.printable(device.name()));
    line.append(" ".repeat(Math.max(1, NAME_COLUMNS - line.length())));
    LiveException obstacle = device.up() ? LiveCapture.obstacle(device.name()) : null;
    if (!device.up()) {
      line.append("down");
    } else if (obstacle == null) {
      line.append("permitted");
    } else {
      line.append(
          obstacle.reason() == LiveException.Reason.FORBIDDEN ? "not permitted" : "not possible");
    }
    if (device.loopback()) {
      line.append(", loopback");
    }
    for (InetAddress address : device.addresses()) {
      line.append(", ").append(TransportAddress.of(address).host());
    }
    if (!device.description().isEmpty()) {
      line.append(", ").append(Messages.printable(device.description()));
    }
    return line.toString();
  }
}
