package io.millrace.engine.logic;

import io.millrace.engine.template.Template;
import java.util.List;

/**
 * Alert people; a logic of our own. In exports: {@code {"type":"millrace_notify","channel":…,
 * "recipients":[…],"title":…,"text":…,"severity":…,"fields":{…},"dedup_key":…,"err_node_id":…}}.
 * The task waits until the channel has taken the alert or it is given up.
 */
public record Notify(
    Template channel,
    List<Template> recipients,
    Template title,
    Template text,
    Template severity,
    List<Field> fields,
    Template dedupKey,
    int errorExit)
    implements Logic {
  public static final String TYPE = "millrace_notify";

  /** Where success is noted: {@code ok} and the channel's id of the message. */
  static final String RESULT = "__millrace_notify_result__";

  static final String DELIVERY = "__millrace_notify_id__";

  /** A labelled value of the alert. */
  public record Field(String label, Template value) {}

  public Notify {
    recipients = List.copyOf(recipients);
    fields = List.copyOf(fields);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
