package dev.p2p.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

    private static final JsonLimits LIMITS = new JsonLimits(200, 4, 20);

    @Test
    void readsEveryKindOfValue() throws JsonProblem {
        Fields fields = JsonTree.object(
                "{\"a\":\"x\",\"b\":-3,\"c\":1.5e2,\"d\":true,\"e\":null,\"f\":[1,2],\"g\":{\"h\":\"2026-08-30T14:00:00+02:00\"}}",
                LIMITS);

        assertThat(fields.text("a")).isEqualTo("x");
        assertThat(fields.integer("b", -10, 10)).isEqualTo(-3);
        assertThat(fields.real("c", 0)).isEqualTo(150);
        assertThat(fields.flag("d")).isTrue();
        assertThat(fields.has("e")).isFalse();
        assertThat(fields.integers("f")).containsExactly(1L, 2L);
        assertThat(fields.object("g").time("h")).map(Object::toString).contains("2026-08-30T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "nul",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "[[[[[1]]]]]",
                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]",
                "// comment\n1"
            })
    void refusesWhatIsNotStrictJsonWithinItsLimits(String text) {
        assertThatExceptionOfType(JsonProblem.class).isThrownBy(() -> JsonTree.value(text, LIMITS));
    }

    @Test
    void refusesWhatIsTooLongBeforeItReadsIt() {
        assertThatExceptionOfType(JsonProblem.class)
                .isThrownBy(() -> JsonTree.value("\"" + "x".repeat(300) + "\"", LIMITS))
                .withMessageContaining("at most 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "99999999999999999999", "1.5"})
    void aNumberThatIsNoIntegerInRangeCostsNothing(String number) {
        assertThatExceptionOfType(JsonProblem.class)
                .isThrownBy(
                        () -> JsonTree.object("{\"n\":" + number + "}", LIMITS).integer("n", 0, 10))
                .withMessageStartingWith("n ");
    }

    @Test
    void namesTheFieldThatIsWrong() throws JsonProblem {
        Fields fields = JsonTree.object("{\"list\":[{\"at\":\"noon\"}],\"n\":\"3\"}", LIMITS);

        assertThatExceptionOfType(JsonProblem.class)
                .isThrownBy(() -> fields.objects("list").getFirst().time("at"))
                .withMessage("list[0].at is no time: \"noon\"");
        assertThatExceptionOfType(JsonProblem.class)
                .isThrownBy(() -> fields.integer("n", 0, 9))
                .withMessage("n is not a number");
        assertThatExceptionOfType(JsonProblem.class)
                .isThrownBy(() -> fields.text("gone"))
                .withMessage("gone is missing");
    }

    @Test
    void neverFailsOtherwiseWhateverIsRead() {
        Random random = new Random(11);
        String[] pieces = {
            "{", "}", "[", "]", "\"a\"", ":", ",", "1", "-", "e", "null", "true", "\\", "\"", "\n", "\0", "é", "[[[[[["
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                JsonTree.value(text.toString(), LIMITS);
            } catch (JsonProblem e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
