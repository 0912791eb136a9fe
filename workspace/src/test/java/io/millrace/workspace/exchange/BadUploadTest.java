package io.millrace.workspace.exchange;

import static io.millrace.workspace.store.WorkspaceException.Code.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.workspace.WorkspaceTest;
import io.millrace.workspace.store.WorkspaceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** One row a bad upload: each is refused with its reason, and nothing of it is stored. */
class BadUploadTest extends WorkspaceTest {
  private static final String PROCESS =
      "{'obj_type':1,'obj_id':1,'title':'P','scheme':{'nodes':[%s]}}";
  private static final String NODE =
      "{'id':'%s','obj_type':0,'condition':{'logics':[],'semaphors':[]},'x':0,'y':0}";

  @Test
  void everyBadUploadIsRefusedWithElementAndField() throws Exception {
    Map<byte[], String> table = new LinkedHashMap<>();
    table.put(text(""), "no objects|expected an object|not valid JSON");
    table.put(text("[]"), "holds no objects");
    table.put(text("nonsense"), "not valid JSON at line 1");
    table.put(text("[{'obj_type':0,'title':'F'}] x"), "not valid JSON");
    table.put(text("[{'obj_type':0,'title':'F'"), "not valid JSON");
    table.put(text("7"), "expected an object or an array");
    table.put(text("[{'obj_type':0,'title':'F'},7]"), "element 1: expected an object");
    table.put(text("[".repeat(100_000)), "not valid JSON.*[Dd]epth");
    table.put(new byte[] {'[', '"', (byte) 0xff, '"', ']'}, "not valid JSON");
    table.put(new byte[SchemeReader.UPLOAD_BYTES_MAX + 1], "more than 16777216 bytes");
    table.put(text("[{'title':'F'}]"), "element 0: obj_type is missing");
    table.put(text("[{'obj_type':42,'title':'F'}]"), "element 0, obj_type: unknown kind 42");
    table.put(text("[{'obj_type':0}]"), "element 0, title: is required");
    table.put(text("[{'obj_type':0,'title':7}]"), "element 0, title: expected a string");
    table.put(text("[{'obj_type':0,'title':'" + "x".repeat(256) + "'}]"), "element 0, title.*255");
    table.put(text("[{'obj_type':0,'title':'F','obj_id':'a'}]"), "element 0, obj_id: expected");
    table.put(text("[{'obj_type':0,'title':'F','obj_id':-1}]"), "element 0, obj_id: expected");
    table.put(text("[{'obj_type':0,'title':'F','obj_id':1.5}]"), "element 0, obj_id: expected");
    table.put(
        text("[{'obj_type':0,'title':'F','obj_id':1},{'obj_type':0,'title':'G','obj_id':1}]"),
        "element 1, obj_id: the id 1 is used by element 0");
    table.put(
        text(
            "[{'obj_type':0,'title':'F','obj_id':1,'parent_id':2},"
                + "{'obj_type':0,'title':'G','obj_id':2,'parent_id':1}]"),
        "parent_id: the folder contains itself");
    table.put(
        text("[{'obj_type':0,'title':'F','obj_id':1,'parent_id':1}]"),
        "parent_id: the folder contains itself");
    table.put(text(deepFolders()), "parent_id: folders are nested deeper than 100");
    table.put(text("{'obj_type':1,'title':'P'}"), "element 0, scheme: expected an object");
    table.put(text("{'obj_type':1,'title':'P','scheme':{}}"), "scheme.nodes: expected an array");
    table.put(text(process("7")), "scheme.nodes\\[0\\]: expected an object");
    table.put(text(process("{'obj_type':0}")), "nodes\\[0\\].id: expected a node id");
    table.put(text(process("{'id':'a1'}")), "nodes\\[0\\].obj_type: expected 0 to 4");
    table.put(text(process("{'id':'a1','obj_type':0}")), "nodes\\[0\\].x: expected a number");
    table.put(
        text(process("{'id':'a1','obj_type':0,'x':0,'y':0}")),
        "nodes\\[0\\].condition: expected an object");
    table.put(
        text(process("{'id':'a1','obj_type':0,'x':0,'y':0,'condition':{'logics':{}}}")),
        "condition.logics: expected an array");
    table.put(
        text(process("{'id':'a1','obj_type':0,'x':0,'y':0,'condition':{'logics':[{}]}}")),
        "condition.logics\\[0\\]: expected an object with a string 'type'");
    table.put(
        text(process(NODE.formatted("a") + "," + NODE.formatted("a"))),
        "nodes\\[1\\].id: the id is used by nodes\\[0\\]");
    table.put(
        text("{'obj_type':1,'title':'P','status':'odd','scheme':{'nodes':[]}}"),
        "status: unknown status 'odd'");
    table.put(
        text("{'obj_type':1,'title':'P','params':{},'scheme':{'nodes':[]}}"),
        "params: .*Params are not valid");
    table.put(
        text("{'obj_type':1,'title':'P','conv_type':'odd','scheme':{'nodes':[]}}"),
        "conv_type: expected 'process' or 'state'");
    table.put(zip("../evil.json", "{}"), "ZIP entry: the name .* is not allowed");
    table.put(zip("/etc/evil.json", "{}"), "ZIP entry: the name .* is not allowed");
    table.put(zip("a\\..\\evil.json", "{}"), "ZIP entry: the name .* is not allowed");
    table.put(zip("a.json", "nonsense"), "a.json: not valid JSON");
    table.put(zip("readme.txt", "hello"), "holds no objects");
    table.put(zip("bomb.json", " ".repeat(40_000_000)), "unpacks to too many bytes");
    table.put(new byte[] {'P', 'K', 3, 4, 9, 9, 9}, "ZIP cannot be read|holds no objects");

    for (Map.Entry<byte[], String> row : table.entrySet()) {
      String shown =
          new String(
              row.getKey(), 0, Math.min(90, row.getKey().length), StandardCharsets.ISO_8859_1);
      WorkspaceException refused =
          refusal(() -> workspace.exchange().importFile(ann, row.getKey(), 0));
      assertThat(refused).as(shown).isNotNull();
      assertThat(refused.code()).as(shown).isEqualTo(SCHEME);
      assertThat(refused.description()).isEqualTo("Invalid scheme");
      assertThat(refused.getMessage()).as(shown).containsPattern(row.getValue());
    }
    assertThat(workspace.folders().branch(admin, 0)).isEmpty();
    assertThat(told.changed).isEmpty();
  }

  @Test
  void whatFailsLateTakesBackWhatWasMadeBefore() {
    check =
        draft -> {
          throw new IllegalStateException("the check broke");
        };
    byte[] upload =
        text("[{'obj_type':0,'obj_id':1,'title':'F'}," + process(NODE.formatted("a")) + "]");
    assertThatThrownBy(() -> workspace.exchange().importFile(ann, upload, 0))
        .hasMessageContaining("the check broke");
    assertThat(workspace.folders().branch(admin, 0)).isEmpty();
    assertThat(workspace.directory().allProcesses()).isEmpty();
  }

  private static String process(String nodes) {
    return PROCESS.formatted(nodes);
  }

  private static String deepFolders() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 1; i <= 120; i++) {
      text.append(i == 1 ? "" : ",")
          .append("{'obj_type':0,'title':'F','obj_id':%d,'parent_id':%d}".formatted(i, i - 1));
    }
    return text.append("]").toString();
  }

  private static byte[] text(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
