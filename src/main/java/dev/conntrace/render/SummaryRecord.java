package dev.conntrace.render;

import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.LinkTypeCount;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.TransportAddress;
import dev.conntrace.trace.UdpConversation;
import dev.conntrace.trace.UdpReport;
import java.util.List;
import java.util.Map;

/** The record of one capture. */
final class SummaryRecord {
  private SummaryRecord() {}

  static void write(JsonWriter json, String file, CaptureReport report) {
    RecordFields.begin(json, "summary", file);
    json.writeNumberField("frames", report.frames());
    json.writeNumberField("tcp_segments", report.tcpSegments());
    json.writeObjectFieldStart("skipped");
    for (Map.Entry<String, Long> entry : report.skipped().entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("connections", report.connections());
    json.writeObjectFieldStart("opened");
    for (Map.Entry<Opened, Long> entry : report.opened().entrySet()) {
      json.writeNumberField(entry.getKey().id(), entry.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("closed");
    for (Map.Entry<Closed, Long> entry : report.closed().entrySet()) {
      json.writeNumberField(entry.getKey().id(), entry.getValue());
    }
    json.writeEndObject();
    RecordFields.annotations(json, report.annotations());
    RecordFields.quality(json, report.quality());
    json.writeNumberField("checksums_verified", report.checksumsVerified());
    writeUnknownLinkTypes(json, report.unknownLinkTypes());
    writeNotes(json, report.notes());
    writeListeners(json, report);
    if (report.udp().total() > 0) {
      writeUdp(json, report.udp());
    }
    json.writeEndObject();
  }

  private static void writeUdp(JsonWriter json, UdpReport udp) {
    json.writeObjectFieldStart("udp");
    json.writeNumberField("conversations", udp.total());
    json.writeBooleanField("conversations_exact", udp.exact());
    json.writeArrayFieldStart("busiest");
    for (UdpConversation conversation : udp.busiest()) {
      json.writeStartObject();
      json.writeStringField("first", conversation.first().toString());
      json.writeStringField("second", conversation.second().toString());
      RecordFields.moment(json, "start", conversation.startNanos());
      RecordFields.moment(json, "end", conversation.endNanos());
      writeDatagrams(
          json, "from_first", conversation.datagramsFromFirst(), conversation.bytesFromFirst());
      writeDatagrams(
          json, "from_second", conversation.datagramsFromSecond(), conversation.bytesFromSecond());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeDatagrams(JsonWriter json, String name, long datagrams, long bytes) {
    json.writeObjectFieldStart(name);
    json.writeNumberField("datagrams", datagrams);
    json.writeNumberField("bytes", bytes);
    json.writeEndObject();
  }

  private static void writeUnknownLinkTypes(JsonWriter json, List<LinkTypeCount> found) {
    if (found.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("unknown_link_types");
    for (LinkTypeCount type : found) {
      json.writeStartObject();
      json.writeNumberField("number", type.number());
      json.writeStringField("name", type.name());
      json.writeNumberField("count", type.packets());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeNotes(JsonWriter json, CaptureNotes notes) {
    if (!notes.sections().isEmpty()) {
      json.writeArrayFieldStart("sections");
      for (Map<String, String> section : notes.sections()) {
        json.writeStartObject();
        for (Map.Entry<String, String> said : section.entrySet()) {
          json.writeStringField(said.getKey(), said.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!notes.hostNames().isEmpty()) {
      json.writeObjectFieldStart("host_names");
      for (Map.Entry<TransportAddress, String> named : notes.hostNames().entrySet()) {
        json.writeStringField(named.getKey().host(), named.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void writeListeners(JsonWriter json, CaptureReport report) {
    json.writeArrayFieldStart("listeners");
    for (ListenerReport listener : report.listeners()) {
      json.writeStartObject();
      json.writeStringField("server", listener.address().toString());
      json.writeNumberField("clients", listener.clients());
      json.writeBooleanField("clients_exact", listener.clientsExact());
      json.writeNumberField("connections", listener.connections());
      json.writeNumberField("most_at_once", listener.mostAtOnce());
      json.writeNumberField("refused", listener.refused());
      json.writeNumberField("unanswered", listener.unanswered());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
