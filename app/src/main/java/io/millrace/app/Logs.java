package io.millrace.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.millrace.app.setting.Catalogue;
import io.millrace.app.setting.Settings;
import org.slf4j.LoggerFactory;

/**
 * The log on standard error: lines for people or JSON for machines. In Java and not in XML, for the
 * parser would cost a fifth of the start-up.
 */
public final class Logs extends ContextAwareBase implements Configurator {
  private static final String LINE = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%rEx{12}";

  /** Called by Logback before the settings are known: warnings, for people. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    install(context, Level.WARN, false);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets the log up as the settings say. */
  static void configure(Settings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    boolean json =
        switch (settings.get(Catalogue.LOG_FORMAT)) {
          case "json" -> true;
          case "text" -> false;
          default -> System.console() == null || !System.console().isTerminal();
        };
    context.reset();
    install(context, Level.toLevel(settings.get(Catalogue.LOG_LEVEL)), json);
  }

  private static void install(LoggerContext context, Level level, boolean json) {
    Encoder<ILoggingEvent> encoder = json ? json(context) : lines(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("standard error");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("io.millrace").setLevel(level);
  }

  private static JsonEncoder json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    return encoder;
  }

  private static PatternLayoutEncoder lines(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LINE);
    return encoder;
  }
}
