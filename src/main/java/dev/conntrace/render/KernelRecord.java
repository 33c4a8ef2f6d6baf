package dev.conntrace.render;

import dev.conntrace.trace.KernelObserved;
import dev.conntrace.trace.KernelSocket;
import dev.conntrace.trace.SocketCall;
import dev.conntrace.trace.SocketOwner;
import dev.conntrace.trace.SocketTimer;
import dev.conntrace.trace.TcpInfo;

/** The record of what the kernel has of one end of a connection. */
final class KernelRecord {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_MICRO = 1000;

  private KernelRecord() {}

  static void write(JsonWriter json, String file, KernelObserved event) {
    RecordFields.begin(json, "kernel", file);
    RecordFields.moment(json, "time", event.timestampNanos());
    json.writeNumberField("connection", event.connection());
    json.writeStringField("side", event.side().id());
    json.writeStringField("state", event.state().name());
    json.writeStringField("inferred", event.inferred().name());
    json.writeStringField("agreement", event.agreement().id());
    if (!event.reason().isEmpty()) {
      json.writeStringField("reason", event.reason());
    }
    json.writeStringField("source", event.source().id());
    KernelSocket socket = event.socket();
    if (socket != null) {
      write(json, socket);
    }
    SocketOwner owner = event.owner();
    if (owner != null) {
      json.writeObjectFieldStart("owner");
      json.writeNumberField("pid", owner.pid());
      json.writeStringField("command", owner.command());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("proves");
    for (SocketCall call : SocketCall.values()) {
      if (event.proves().contains(call)) {
        json.writeString(call.id());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonWriter json, KernelSocket socket) {
    json.writeBooleanField("held", socket.isHeld());
    if (socket.isListener()) {
      json.writeNumberField("accept_queue", socket.receiveQueue());
      json.writeNumberField("backlog", socket.sendQueue());
      return;
    }
    if (socket.isTimeWait()) {
      RecordFields.duration(json, "time_left", socket.timerMillis() * NANOS_PER_MILLI);
      return;
    }
    json.writeNumberField("receive_queue", socket.receiveQueue());
    json.writeNumberField("send_queue", socket.sendQueue());
    if (socket.timer() != SocketTimer.NONE) {
      json.writeStringField("timer", socket.timer().id());
      RecordFields.duration(json, "timer_left", socket.timerMillis() * NANOS_PER_MILLI);
    }
    TcpInfo info = socket.info();
    if (info != null) {
      write(json, info);
    }
  }

  private static void write(JsonWriter json, TcpInfo info) {
    json.writeObjectFieldStart("tcp_info");
    json.writeNumberField("cwnd", info.congestionWindow());
    if (info.slowStartThreshold() < TcpInfo.NO_THRESHOLD) {
      json.writeNumberField("ssthresh", info.slowStartThreshold());
    }
    json.writeNumberField("mss", info.mssBytes());
    if (info.smoothedRttMicros() > 0) {
      RecordFields.duration(json, "rtt", info.smoothedRttMicros() * NANOS_PER_MICRO);
      RecordFields.duration(json, "rttvar", info.rttVariationMicros() * NANOS_PER_MICRO);
    }
    RecordFields.duration(json, "rto", info.retransmissionTimeoutMicros() * NANOS_PER_MICRO);
    json.writeNumberField("retransmissions", info.retransmissions());
    json.writeNumberField("unacknowledged", info.unacknowledged());
    json.writeEndObject();
  }
}
