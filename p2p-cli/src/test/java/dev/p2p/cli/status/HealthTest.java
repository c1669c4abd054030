package dev.p2p.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.cli.json.JsonLimits;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.json.JsonTree;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A verdict and its reasons follow from what a node tells. */
class HealthTest {

    private static final String STATUS = """
            {"id":"7f3c","name":"n","network":"net","version":"1","slots":[
             {"class":"reserved","connected":%s,"pending":0},
             {"class":"outbound","connected":%s,"pending":0,"cap":%s},
             {"class":"inbound","connected":%s,"pending":0,"cap":40}],
             "absent":%s,"store":{"schema":2%s}%s}""";

    private static Health health(
            int reserved, int outbound, int cap, int inbound, int absent, String store, String queue)
            throws JsonProblem {
        String text = STATUS.formatted(reserved, outbound, cap, inbound, absent, store, queue);
        return Health.of(NodeFacts.read(JsonTree.object(text, JsonLimits.ENTRY)));
    }

    @ParameterizedTest(name = "{7} {8}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0|3|10|5|0|``|``|OK|``",
                "2|0|10|5|0|``|``|OK|``",
                "0|0|0|5|0|``|``|OK|``",
                "0|0|10|0|0|``|``|CRITICAL|ISOLATED",
                "0|0|10|5|0|``|``|WARNING|NO-OUTBOUND",
                "1|3|10|5|2|``|``|WARNING|PERSISTENT-ABSENT",
                "0|3|10|5|0|,\"failure\":\"disk full\"|``|CRITICAL|STORE-FAILING",
                "0|3|10|5|0|,\"dropped\":7|``|WARNING|STORE-LOSSES",
                "0|3|10|5|0|``|,\"fullest_queue\":{\"peer\":\"8f1d\",\"channel\":48,\"name\":\"mempool\",\"waiting\":90,\"max_waiting\":100,\"waiting_bytes\":1,\"max_waiting_bytes\":9}|WARNING|QUEUE-FULL",
                "0|3|10|5|0|``|,\"fullest_queue\":{\"peer\":\"8f1d\",\"channel\":48,\"name\":\"mempool\",\"waiting\":89,\"max_waiting\":100,\"waiting_bytes\":1,\"max_waiting_bytes\":9}|OK|``",
            })
    void everyDoubtHasAName(
            int reserved,
            int outbound,
            int cap,
            int inbound,
            int absent,
            String store,
            String queue,
            String verdict,
            String code)
            throws JsonProblem {
        Health health = health(reserved, outbound, cap, inbound, absent, store, queue);

        assertThat(health.verdict()).isEqualTo(verdict);
        assertThat(health.reasons())
                .extracting(Health.Reason::code)
                .containsExactlyElementsOf(code.isEmpty() ? List.of() : List.of(code));
    }

    @ParameterizedTest
    @CsvSource({"4096", "-1", "999999999999"})
    void aNodeThatTellsNonsenseIsNotBelieved(long channel) {
        assertThatThrownBy(() -> health(
                        0,
                        3,
                        10,
                        5,
                        0,
                        "",
                        ",\"fullest_queue\":{\"peer\":\"8f1d\",\"channel\":" + channel
                                + ",\"name\":\"x\",\"waiting\":1,\"max_waiting\":1}"))
                .isInstanceOf(JsonProblem.class);
    }
}
