package dev.p2p.cli.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log: one line an event on standard error, so that standard output stays for results. */
public final class LogSetup {

    private LogSetup() {}

    /** Replaces the platform's handlers. */
    public static void toStandardError(boolean verbose, boolean quiet) {
        Level level = quiet ? Level.WARNING : verbose ? Level.FINE : Level.INFO;
        LogManager.getLogManager().reset();
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new OneLine(verbose));
        handler.setLevel(level);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        ours().setLevel(level);
    }

    /** Loggers are held weakly by their manager, so this one is asked for again and kept by the handler's owner. */
    private static Logger ours() {
        return Ours.LOGGER;
    }

    private static final class Ours {
        static final Logger LOGGER = Logger.getLogger("dev.p2p");
    }

    private static final class OneLine extends Formatter {

        private final boolean stackTraces;

        OneLine(boolean stackTraces) {
            this.stackTraces = stackTraces;
        }

        @Override
        public String format(LogRecord event) {
            StringBuilder line = new StringBuilder(64)
                    .append(event.getInstant().truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(String.format("%-5s", word(event.getLevel())))
                    .append(' ')
                    .append(Printable.of(formatMessage(event)));
            Throwable thrown = event.getThrown();
            if (thrown != null && !stackTraces) {
                line.append(": ").append(Printable.of(thrown.toString()));
            }
            line.append('\n');
            if (thrown != null && stackTraces) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }

        private static String word(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return "ERROR";
            }
            return level == Level.WARNING ? "WARN" : level == Level.INFO ? "INFO" : "DEBUG";
        }
    }
}
