package io.millrace.server.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * XML as the compatible API maps it: element to key, repeated siblings to an array, leaf text to a
 * string, attributes to keys with {@code @}; the root element's name is dropped. Documents with a
 * document type are refused, so no entity is ever expanded or fetched.
 */
public final class Xml {
  private static final int DEPTH_MAX = 100;
  private static final String TEXT = "#value";

  private Xml() {}

  /** Answers empty when the document cannot be read. */
  public static Optional<ObjectNode> read(byte[] document) {
    try {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLInputFactory.IS_COALESCING, true);
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      while (reader.next() != XMLStreamReader.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamReader.DTD) {
          return Optional.empty();
        }
      }
      JsonNode root = element(reader, 0);
      return Optional.of(root instanceof ObjectNode object ? object : Json.object());
    } catch (XMLStreamException | RuntimeException e) {
      // The reader of the JDK also throws unchecked exceptions on broken documents.
      return Optional.empty();
    }
  }

  private static JsonNode element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > DEPTH_MAX) {
      throw new XMLStreamException("Expected at most " + DEPTH_MAX + " nested elements");
    }
    ObjectNode members = Json.object();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      members.put(
          "@" + name(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)),
          reader.getAttributeValue(i));
    }
    StringBuilder text = new StringBuilder();
    for (int event = reader.next(); event != XMLStreamReader.END_ELEMENT; event = reader.next()) {
      if (event == XMLStreamReader.START_ELEMENT) {
        String name = name(reader.getPrefix(), reader.getLocalName());
        add(members, name, element(reader, depth + 1));
      } else if (event == XMLStreamReader.CHARACTERS || event == XMLStreamReader.CDATA) {
        text.append(reader.getText());
      } else if (event == XMLStreamReader.ENTITY_REFERENCE) {
        throw new XMLStreamException("Expected no entity references");
      }
    }
    if (members.isEmpty()) {
      return StringNode.valueOf(text.toString());
    }
    if (!text.toString().isBlank()) {
      members.put(TEXT, text.toString());
    }
    return members;
  }

  private static String name(String prefix, String local) {
    return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }

  private static void add(ObjectNode members, String name, JsonNode value) {
    JsonNode old = members.get(name);
    if (old == null) {
      members.set(name, value);
    } else if (old instanceof ArrayNode array) {
      array.add(value);
    } else {
      members.set(name, Json.array().add(old).add(value));
    }
  }

  /** Writes a value below a root element. */
  static byte[] write(String root, JsonNode value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
      writer.writeStartDocument("UTF-8", "1.0");
      write(writer, root, value);
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Expected to write XML to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(XMLStreamWriter writer, String name, JsonNode value)
      throws XMLStreamException {
    if (value instanceof ArrayNode array) {
      for (JsonNode element : array) {
        write(writer, name, element);
      }
      return;
    }
    writer.writeStartElement(elementName(name));
    if (value instanceof ObjectNode object) {
      for (var entry : object.properties()) {
        write(writer, entry.getKey(), entry.getValue());
      }
    } else if (!value.isNull()) {
      writer.writeCharacters(printable(value.asString("")));
    }
    writer.writeEndElement();
  }

  /** A member's name as an element name: what XML does not allow there becomes an underscore. */
  private static String elementName(String member) {
    StringBuilder name = new StringBuilder(member.length() + 1);
    for (int i = 0; i < member.length(); i++) {
      char c = member.charAt(i);
      boolean letter = Character.isLetter(c) || c == '_';
      boolean later = letter || Character.isDigit(c) || c == '-' || c == '.';
      name.append((i == 0 ? letter : later) ? c : '_');
    }
    return name.isEmpty() ? "_" : name.toString();
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String printable(String text) {
    return text.chars().allMatch(c -> c >= 0x20 || c == '\n' || c == '\r' || c == '\t')
        ? text
        : text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "");
  }
}
