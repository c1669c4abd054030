package dev.p2p.cli.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The log: one line an event on standard error, so that standard output stays for results. Unlike the platform's own it goes on
 * until the process has ended, also while it shuts down on a signal.
 */
public final class StandardErrorLog extends System.LoggerFinder {

    /** For {@link java.util.ServiceLoader}. */
    public StandardErrorLog() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        boolean own = name.startsWith("dev.p2p.");
        return new OneLine(name, own ? LogSetup.level() : System.Logger.Level.WARNING);
    }

    private record OneLine(String name, Level level) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level asked) {
            return asked != Level.OFF && asked.getSeverity() >= level.getSeverity();
        }

        @Override
        public void log(
                Level at, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(at)) {
                System.err.print(line(at, String.valueOf(message), thrown));
            }
        }

        @Override
        public void log(
                Level at, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            if (isLoggable(at)) {
                String message = String.valueOf(format);
                boolean plain = values == null || values.length == 0;
                System.err.print(line(at, plain ? message : MessageFormat.format(message, values), null));
            }
        }

        private String line(Level at, String message, @Nullable Throwable thrown) {
            StringBuilder line = new StringBuilder(96)
                    .append(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(String.format("%-7s", at))
                    .append(' ')
                    .append(Printable.of(message));
            if (thrown != null) {
                line.append(": ").append(Printable.of(thrown.toString()));
            }
            line.append('\n');
            if (thrown != null && level.getSeverity() <= Level.DEBUG.getSeverity()) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }
    }
}
