package io.millrace.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.wire.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogicSummaryTest {
  private final LogicSummary summary = new LogicSummary(Map.of("a1", "Success", "a2", ""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"go","to_node_id":"a1"} | Go to “Success”
          {"type":"go","to_node_id":"a2"} | Go to an unnamed node
          {"type":"go","to_node_id":"zz"} | Go to a missing node
          {"type":"go_if_const","to_node_id":"a1","conditions":[{"param":"sum","fun":"more","const":"10"},{"param":"x","fun":"eq","const":""}]} | If sum is more than 10 and x is empty, go to “Success”
          {"type":"go_if_const","to_node_id":"a1","param":"x","fun":"regexp","const":"^a"} | If x matches ^a, go to “Success”
          {"type":"set_param","extra":{"a":"1","b":"{{c}}"}} | Set a = 1, b = {{c}}
          {"type":"api","method":"GET","url":"https://example.org","extra":{}} | Call GET https://example.org
          {"type":"api","method":"POST","url":"https://example.org","extra":{"q":"1"}} | Call POST https://example.org with q
          {"type":"api_callback"} | Wait for a callback
          {"type":"api_code","lang":"js"} | Run JavaScript code
          {"type":"api_copy","mode":"create","conv_id":1002,"group":"all"} | Copy the task to process 1002 with all its data
          {"type":"api_copy","mode":"modify","conv_id":"7","ref":"{{id}}","data":{"a":"1"},"is_sync":true} | Modify task {{id}} of process 7 with a, and wait until it is done
          {"type":"api_rpc","conv_id":5,"extra":{"a":"1","b":"2"}} | Call process 5 with a, b and wait for its reply
          {"type":"api_rpc_reply","mode":"keys","res_data":["x"]} | Reply with x
          {"type":"api_rpc_reply","throw_exception":true,"exception_reason":"no"} | Reply with the error no
          {"type":"api_sum","extra":[{"id":"1","name":"total","value":"{{sum}}"}]} | Add up {{sum}} as total
          {"type":"api_queue","data":{}} | Wait in the queue until a task is taken from it
          {"type":"api_get_task","conv_id":9,"order_by":"DESC"} | Take the newest task from a queue of process 9
          {"type":"db_call","instance_id":3} | Query database 3
          {"type":"git_call","repo":"git@x"} | Run code from git of git@x
          {"type":"api_form"} | Show a form
          {"type":"millrace_notify","channel":"slack","severity":"high","title":"Root used"} | Alert slack (high): Root used
          {"type":"teleport"} | Unknown logic teleport
          """)
  void everyLogicIsASentence(String logic, String sentence) {
    assertThat(summary.logic(Json.parse(logic).orElseThrow())).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"time","value":30,"dimension":"sec","to_node_id":"a1"} | After 30 seconds, go to “Success”
          {"type":"time","value":"1","dimension":"day","to_node_id":"a1"} | After 1 day, go to “Success”
          {"type":"time","value":"{{when}}","to_node_id":"a1"} | After the time {{when}}, go to “Success”
          {"type":"count","value":100,"esc_node_id":"a1"} | When 100 or more tasks are here, alert “Success”
          {"type":"other"} | Unknown semaphore other
          """)
  void everySemaphoreIsASentence(String semaphore, String sentence) {
    assertThat(summary.semaphore(Json.parse(semaphore).orElseThrow())).isEqualTo(sentence);
  }
}
