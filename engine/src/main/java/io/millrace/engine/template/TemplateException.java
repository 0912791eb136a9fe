package io.millrace.engine.template;

/** Template text that cannot be compiled; the message says where, why and what to write instead. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message, null, false, false);
  }

  static TemplateException at(int position, String problem) {
    return new TemplateException(
        "Template is not valid at character " + (position + 1) + ": " + problem);
  }
}
