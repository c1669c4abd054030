package dev.p2p.cli.json;

import java.math.BigDecimal;

/**
 * A number as it stands in the text, so that nothing is lost before somebody asks for a kind.
 *
 * @param text the number's text
 */
public record JsonNumber(String text) {

    private static final int MAX_CHARACTERS = 64;

    /** The number as an integer, if it is one in range. */
    public long integer(String name) throws JsonProblem {
        try {
            return decimal(name).longValueExact();
        } catch (ArithmeticException e) {
            throw new JsonProblem(name + " is not a whole number in range: " + shortened(), e);
        }
    }

    /** The number as a finite floating-point one. */
    public double real(String name) throws JsonProblem {
        double value = decimal(name).doubleValue();
        if (!Double.isFinite(value)) {
            throw new JsonProblem(name + " is too large: " + shortened());
        }
        return value;
    }

    private BigDecimal decimal(String name) throws JsonProblem {
        if (text.length() > MAX_CHARACTERS) {
            throw new JsonProblem(name + " has more than " + MAX_CHARACTERS + " digits");
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) > 400 || value.precision() - (long) value.scale() > 400) {
                throw new JsonProblem(name + " is out of range: " + text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new JsonProblem(name + " is no number: " + shortened(), e);
        }
    }

    private String shortened() {
        return text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
    }

    @Override
    public String toString() {
        return text;
    }
}
