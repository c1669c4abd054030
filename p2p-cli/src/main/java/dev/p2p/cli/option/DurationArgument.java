package dev.p2p.cli.option;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the command line: a number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
public final class DurationArgument {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private DurationArgument() {}

    /** Reads a time of more than zero. */
    public static Duration parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw Failure.of(
                            "P2P-DURATION-INVALID",
                            ExitCode.USAGE,
                            "cannot use " + option + " " + text,
                            "that is no time of more than zero")
                    .tryThis("write a number with a unit: 500ms, 30s, 10m, 2h or 1d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
