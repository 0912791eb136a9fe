package io.millrace.workspace.exchange;

import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.version.DraftTable;
import io.millrace.workspace.version.ProcessRow;
import io.millrace.workspace.version.ProcessTable;
import io.millrace.workspace.version.Statuses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes objects in the exchange format, keys in the order of the format's own files. */
final class Exporter {
  private static final List<String> NODE_KEYS =
      List.of(
          "id",
          "obj_type",
          "condition",
          "title",
          "description",
          "x",
          "y",
          "uuid",
          "extra",
          "options");
  private static final int NAME_CHARACTERS_MAX = 100;
  private static final String COMPANY = "company_id";

  private final Handle handle;

  Exporter(Handle handle) {
    this.handle = handle;
  }

  /** The object and all live ones below it; the root of the workspace itself is no element. */
  ArrayNode array(Item top) {
    ArrayNode array = Json.array();
    for (Item item : Items.subtree(handle, top)) {
      if (!item.isDeleted() && item.id() != Items.ROOT) {
        array.add(element(item));
      }
    }
    return array;
  }

  ObjectNode element(Item item) {
    return switch (item.kind()) {
      case FOLDER -> folder(item);
      case PROCESS -> process(item);
    };
  }

  /** The layout of the format: one directory per folder, one file per object. */
  byte[] zip(Item top, String fileName, long nowMillis) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      writeEntries(zip, top, fileName + "/", nowMillis);
    } catch (IOException e) {
      throw new UncheckedIOException("A ZIP in memory could not be written", e);
    }
    return bytes.toByteArray();
  }

  private void writeEntries(ZipOutputStream zip, Item item, String directory, long nowMillis)
      throws IOException {
    String name = item.id() + "_" + safeName(item.title());
    switch (item.kind()) {
      case PROCESS ->
          write(zip, directory + name + ".conv.json", Json.bytes(process(item)), nowMillis);
      case FOLDER -> {
        String inside = directory;
        if (item.id() != Items.ROOT) {
          inside = directory + name + ".folder/";
          write(zip, inside + name + ".folder.json", Json.bytes(folder(item)), nowMillis);
        }
        for (Item child : Items.children(handle, item.id())) {
          if (!child.isDeleted()) {
            writeEntries(zip, child, inside, nowMillis);
          }
        }
      }
    }
  }

  private static void write(ZipOutputStream zip, String name, byte[] content, long nowMillis)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(nowMillis);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Letters, digits, space, {@code _} and {@code -}; everything else becomes {@code _}. */
  private static String safeName(String title) {
    String safe = title.replaceAll("[^\\p{L}\\p{Nd} _-]", "_");
    return safe.substring(0, Math.min(NAME_CHARACTERS_MAX, safe.length())).strip();
  }

  private ObjectNode folder(Item item) {
    ObjectNode json = head(item);
    json.put("uuid", item.uuid());
    return withExtraKeys(json, item);
  }

  private ObjectNode process(Item item) {
    ProcessRow row = ProcessTable.live(handle, item.id());
    ObjectNode json = head(item);
    json.put("status", Statuses.text(row.storedStatus()));
    json.set("params", Json.array(row.params()));
    json.put("ref_mask", row.refMask());
    json.put("conv_type", row.stateDiagram() ? "state" : "process");
    json.set("scheme", row.scheme(ordered(graph(row))));
    json.put("uuid", item.uuid());
    return withExtraKeys(json, item);
  }

  /** The running graph; of a process that has none, the newest draft. */
  private ArrayNode graph(ProcessRow row) {
    return row.nodes() == null ? DraftTable.newestGraph(handle, row) : row.confirmedNodes();
  }

  private static ObjectNode head(Item item) {
    return Json.object()
        .put("obj_type", item.kind().number())
        .put("obj_id", item.id())
        .put("parent_id", item.parentId())
        .put("title", item.title())
        .put("description", item.description());
  }

  private static ObjectNode withExtraKeys(ObjectNode json, Item item) {
    ObjectNode extra = Json.object(item.extraKeys());
    JsonNode company = extra.remove(COMPANY);
    if (company != null) {
      json.set(COMPANY, company);
    }
    return json.setAll(extra);
  }

  private static ArrayNode ordered(ArrayNode nodes) {
    ArrayNode ordered = Json.array();
    for (JsonNode node : nodes) {
      ObjectNode json = ordered.addObject();
      for (String key : NODE_KEYS) {
        if (node.has(key)) {
          json.set(key, node.path(key));
        }
      }
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!NODE_KEYS.contains(entry.getKey())) {
          json.set(entry.getKey(), entry.getValue());
        }
      }
    }
    return ordered;
  }
}
