package io.millrace.app;

import io.millrace.app.command.MillraceCommand;
import io.millrace.app.command.Running;
import io.millrace.app.command.Wiring;
import io.millrace.app.setting.Settings;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(MillraceCommand.create(System.getenv(), new Product()).execute(arguments));
  }

  private static final class Product implements Wiring {
    @Override
    public Running start(Settings settings) {
      return Millrace.start(settings);
    }

    @Override
    public AuditReport audit(Settings settings, AuditProgress progress) {
      return Millrace.audit(settings, progress);
    }
  }
}
