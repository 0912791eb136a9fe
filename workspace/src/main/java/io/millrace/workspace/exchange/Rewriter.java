package io.millrace.workspace.exchange;

import io.millrace.workspace.store.Json;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Turns the ids of a file into the new ones, everywhere in a graph where the format refers to
 * processes and nodes. What is not in the file stays as it is.
 */
final class Rewriter {
  private static final Set<String> NODE_KEYS = Set.of("to_node_id", "err_node_id", "esc_node_id");
  private static final Set<String> CALLS = Set.of("api_copy", "api_rpc", "api_get_task");
  private static final Set<String> MOVES = Set.of("go", "go_if_const");
  private static final Pattern TEMPLATE_IDS =
      Pattern.compile(
          "conv\\[([0-9]{1,18})](?:(\\.node)\\[([0-9a-f]{24})])?|node\\[([0-9a-f]{24})]");
  private static final Pattern DIRECT_URL =
      Pattern.compile("/public/([0-9]{1,18})/([0-9a-fA-F]{40})");

  private final Map<Long, Target> processes;
  private final long userId;

  /**
   * A process of the file.
   *
   * @param newId its number here
   * @param hash of its direct URL here
   * @param nodeIds new node ids by those of the file
   */
  record Target(long newId, String hash, Map<String, String> nodeIds) {}

  Rewriter(Map<Long, Target> processes, long userId) {
    this.processes = processes;
    this.userId = userId;
  }

  /** Rewrites the nodes of one process in place. */
  void rewrite(ArrayNode nodes, Target own) {
    for (JsonNode node : nodes) {
      ObjectNode object = (ObjectNode) node;
      String id = object.path("id").asString();
      object.put("id", own.nodeIds().getOrDefault(id, id));
      ObjectNode condition = (ObjectNode) object.path("condition");
      for (JsonNode logic : condition.path("logics")) {
        rewriteLogic((ObjectNode) logic);
      }
      rewriteTexts(condition, own);
      for (String key : new String[] {"title", "description", "options"}) {
        if (object.path(key).isString()) {
          object.put(key, text(object.path(key).asString(), own));
        }
      }
    }
  }

  private void rewriteLogic(ObjectNode logic) {
    String type = logic.path("type").asString("");
    if (logic.has("user_id")) {
      logic.put("user_id", userId);
    }
    if (CALLS.contains(type)) {
      Target target = target(logic.path("conv_id"));
      if (target != null) {
        logic.set("conv_id", like(logic.path("conv_id"), target.newId()));
        if (type.equals("api_get_task")) {
          rewriteNode(logic, "node_id", target);
          rewriteNode(logic, "queue_node_id", target);
        }
      }
    } else if (MOVES.contains(type)) {
      Target target = target(logic.path("to_conv_id"));
      if (target != null) {
        logic.set("to_conv_id", like(logic.path("to_conv_id"), target.newId()));
        rewriteNode(logic, "to_node_id", target);
      }
    }
  }

  private static void rewriteNode(ObjectNode object, String key, Target target) {
    String newId = target.nodeIds().get(object.path(key).asString(""));
    if (newId != null) {
      object.put(key, newId);
    }
  }

  private @Nullable Target target(JsonNode processId) {
    Long id = Json.integer(processId);
    return id == null ? null : processes.get(id);
  }

  private static JsonNode like(JsonNode original, long id) {
    if (original.isString()) {
      return StringNode.valueOf(Long.toString(id));
    }
    return id <= Integer.MAX_VALUE ? IntNode.valueOf((int) id) : LongNode.valueOf(id);
  }

  private void rewriteTexts(JsonNode json, Target own) {
    if (json instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (entry.getValue().isString()) {
          entry.setValue(StringNode.valueOf(value(entry.getKey(), entry.getValue(), own)));
        } else {
          rewriteTexts(entry.getValue(), own);
        }
      }
    } else if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isString()) {
          array.set(i, StringNode.valueOf(text(array.get(i).asString(), own)));
        } else {
          rewriteTexts(array.get(i), own);
        }
      }
    }
  }

  private String value(String key, JsonNode value, Target own) {
    String text = value.asString();
    if (NODE_KEYS.contains(key)) {
      return own.nodeIds().getOrDefault(text, text);
    }
    String rewritten = text(text, own);
    return key.equals("url") ? url(rewritten) : rewritten;
  }

  /** Template reads: {@code {{conv[1].ref[x].y}}}, {@code {{node[…].count}}} and both together. */
  private String text(String text, Target own) {
    if (!text.contains("{{")) {
      return text;
    }
    return TEMPLATE_IDS.matcher(text).replaceAll(match -> quoted(templateIds(match, own)));
  }

  private String templateIds(MatchResult match, Target own) {
    if (match.group(1) == null) {
      return "node[" + own.nodeIds().getOrDefault(match.group(4), match.group(4)) + "]";
    }
    Target target = processes.get(Long.valueOf(match.group(1)));
    if (target == null) {
      return match.group();
    }
    String node = match.group(3);
    return "conv["
        + target.newId()
        + "]"
        + (node == null ? "" : ".node[" + target.nodeIds().getOrDefault(node, node) + "]");
  }

  private String url(String url) {
    return DIRECT_URL
        .matcher(url)
        .replaceAll(match -> {
          Target target = processes.get(Long.valueOf(match.group(1)));
          return quoted(
              target == null ? match.group() : "/public/" + target.newId() + "/" + target.hash());
        });
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }
}
