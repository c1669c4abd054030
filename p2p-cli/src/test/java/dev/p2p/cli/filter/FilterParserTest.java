package dev.p2p.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");
    private static final Map<String, FieldKind> FIELDS = fields();
    private static final Map<String, Object> ROW = row();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score<40",
                "score <= 12",
                "score==12.0",
                "score=12",
                "score!=13",
                "score>-1",
                "state in (cooling, banned)",
                "state in(banned)",
                "state==\"banned\"",
                "reason == \"two words\"",
                "reason ~ TWO",
                "id==8f1d",
                "id==8F1D02C77A41B0E9D2F05C6B7A3344E1909F1C55",
                "rate>1MiB",
                "rate<2MB",
                "rate==1572864",
                "seen<2h",
                "seen>59m",
                "until<3h && until>1h",
                "seen>=2026-08-30",
                "seen==2026-08-30T11:00:00Z",
                "verified",
                "verified==true",
                "verified!=false",
                "!missing",
                "missing!=anything",
                "!(score<10)",
                "!!(score>10)",
                "score<10 || state==banned && rate>1",
                "(score<10 || state==banned) && rate>1",
                "!score<10 && list"
            })
    void takesARowThatFulfilsIt(String filter) throws FilterException {
        assertThat(FilterParser.parse(filter, FIELDS).test(ROW::get, NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score>40",
                "score<12",
                "state in (cooling, verified)",
                "state==Banned",
                "id==8f1",
                "id==9f1d",
                "rate>2MiB",
                "seen<1h",
                "seen<2026-08-30",
                "verified==false",
                "missing",
                "missing==anything",
                "missing<anything",
                "missing ~ a",
                "score>10 && state==cooling",
                "!(score>10)"
            })
    void refusesARowThatDoesNot(String filter) throws FilterException {
        assertThat(FilterParser.parse(filter, FIELDS).test(ROW::get, NOW)).isFalse();
    }

    @Test
    void andBindsMoreTightlyThanOr() throws FilterException {
        assertThat(FilterParser.parse("score>0 || score>0 && score<0", FIELDS).test(ROW::get, NOW))
                .isTrue();
        assertThat(FilterParser.parse("(score>0 || score>0) && score<0", FIELDS).test(ROW::get, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                     | 1  | the filter is empty
            score<                 | 7  | expected a value, found the end
            score<40 &&            | 12 | expected a field, found the end
            score<40 state==a      | 10 | expected && or ||
            score<40)              | 9  | expected && or ||
            (score<40              | 10 | expected ), found the end
            scroe<40               | 1  | there is no field scroe; there are id, score
            score<40 && colour==x  | 13 | there is no field colour
            score<abc              | 7  | score is a number
            score<NaN              | 7  | score is a number
            rate<12parsecs         | 6  | write a size
            seen<yesterday         | 6  | seen is a time
            verified==maybe        | 11 | true or false
            list==x                | 7  | list is a list
            score ~ 4              | 9  | is no text
            state=="ban            | 8  | the quotes that begin here do not end
            state in banned        | 10 | expected (
            state in (banned       | 17 | expected )
            state in ()            | 11 | expected a value
            < 3                    | 1  | expected a field
            """)
    void namesThePlaceOfAMistake(String filter, int position, String message) {
        Throwable problem = catchThrowable(() -> FilterParser.parse(filter, FIELDS));

        assertThat(problem).isInstanceOf(FilterException.class).hasMessageContaining(message);
        assertThat(((FilterException) problem).position()).isEqualTo(position);
    }

    @Test
    void nestsOnlySoDeepAndIsOnlySoLong() throws FilterException {
        int most = FilterParser.MAX_DEPTH - 1;
        FilterParser.parse("(".repeat(most) + "score<1" + ")".repeat(most), FIELDS);

        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> FilterParser.parse("(".repeat(1_000) + "score<1" + ")".repeat(1_000), FIELDS))
                .withMessageContaining("nested more than");
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> FilterParser.parse("!".repeat(4_000) + "score", FIELDS))
                .withMessageContaining("nested more than");
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> FilterParser.parse("score<1 ".repeat(10_000), FIELDS))
                .withMessageContaining("characters");
    }

    @Test
    void neverFailsOtherwiseWhateverIsTyped() {
        Random random = new Random(7);
        String[] pieces = {
            "score",
            "state",
            "seen",
            "rate",
            "list",
            "(",
            ")",
            "!",
            "&&",
            "||",
            "<",
            "<=",
            "==",
            "~",
            "in",
            ",",
            "\"",
            "\\",
            "4",
            "2h",
            "1MiB",
            " ",
            "é",
            "\0",
            "=",
            "id",
            "verified",
            "9999999999999999999d"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                FilterParser.parse(text.toString(), FIELDS).test(ROW::get, NOW);
            } catch (FilterException e) {
                assertThat(e.position()).as(text.toString()).isBetween(1, text.length() + 1);
            }
        }
    }

    private static Map<String, FieldKind> fields() {
        Map<String, FieldKind> fields = new LinkedHashMap<>();
        fields.put("id", FieldKind.IDENTITY);
        fields.put("score", FieldKind.NUMBER);
        fields.put("state", FieldKind.TEXT);
        fields.put("reason", FieldKind.TEXT);
        fields.put("missing", FieldKind.TEXT);
        fields.put("rate", FieldKind.BYTES);
        fields.put("seen", FieldKind.TIME);
        fields.put("until", FieldKind.TIME);
        fields.put("verified", FieldKind.FLAG);
        fields.put("list", FieldKind.NESTED);
        return fields;
    }

    private static Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("id", "8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55");
        row.put("score", 12.0);
        row.put("state", "banned");
        row.put("reason", "two words");
        row.put("rate", 1_572_864L);
        row.put("seen", NOW.minus(Duration.ofHours(1)));
        row.put("until", NOW.plus(Duration.ofHours(2)));
        row.put("verified", true);
        row.put("list", List.of("x"));
        return row;
    }
}
