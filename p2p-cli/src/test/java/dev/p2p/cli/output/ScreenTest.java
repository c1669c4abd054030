package dev.p2p.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, numbers and JSON. */
class ScreenTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(new Table("PEER", "STATE", "N")
                        .row("a", "verified", "1")
                        .row("abcdef", "-", "22")
                        .lines())
                .containsExactly("PEER    STATE     N", "a       verified  1", "abcdef  -         22");
    }

    @Test
    void wideLettersTakeTwoCellsAndMarksNone() {
        assertThat(new Table("NAME", "N")
                        .row("名前", "1")
                        .row("e\u0301", "2")
                        .row("abcd", "3")
                        .lines())
                .containsExactly("NAME  N", "名前  1", "e\u0301     2", "abcd  3");
        Grid grid = new Grid(List.of("NAME", "N"), false, true);
        grid.row(List.of("名前", "1"), List.of(Tone.PLAIN, Tone.PLAIN));
        grid.row(List.of("abcde", "22"), List.of(Tone.PLAIN, Tone.PLAIN));
        StringWriter text = new StringWriter();
        grid.print(new PrintWriter(text), true, Ink.NONE);
        assertThat(text.toString().lines()).containsExactly("NAME    N", "名前    1", "abcde  22");
    }

    @Test
    void aTableWithoutRowsIsItsHeader() {
        assertThat(new Table("PEER", "STATE").lines()).containsExactly("PEER  STATE");
    }

    @Test
    void noCellBreaksALineOrReachesTheTerminalAsAControlSequence() {
        assertThat(new Table("NAME").row("\033[31mevil\nname").lines()).containsExactly("NAME", "?[31mevil name");
    }

    @Test
    void aRowHasACellForEachColumn() {
        Table table = new Table("A", "B");

        assertThatThrownBy(() -> table.row("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "102400, 100 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "1023.7, 1.0 KiB",
        "1e12, 931 GiB",
        "1e15, 909 TiB",
        "1e18, 909495 TiB"
    })
    void bytesHaveBinaryUnits(double bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00 ms", "310000, 0.31 ms", "9990000, 9.99 ms", "10000000, 10.0 ms", "2000000000, 2000.0 ms"})
    void timesHaveMilliseconds(long nanos, String text) {
        assertThat(Units.millis(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT-5S, 0s", "PT59S, 59s", "PT60S, 1m 0s", "PT3H12M9S, 3h 12m", "PT49H59M, 2d 1h"})
    void durationsHaveTheirTwoLargestUnits(Duration duration, String text) {
        assertThat(Units.duration(duration)).isEqualTo(text);
        assertThat(Units.ago(Instant.EPOCH, Instant.EPOCH.plus(duration))).isEqualTo(text + " ago");
    }

    @Test
    void aListForProgramsHasSchemaKindAndItems() {
        StringWriter text = new StringWriter();
        Json.printList(new PrintWriter(text, true), "peers", List.of(Map.of("id", "<a>&\"\n"), Map.of()));

        var object = JsonParser.parseString(text.toString()).getAsJsonObject();
        assertThat(object.keySet()).containsExactly("schema", "kind", "items");
        assertThat(object.get("kind").getAsString()).isEqualTo("peers");
        assertThat(object.getAsJsonArray("items")).hasSize(2);
        assertThat(object.getAsJsonArray("items")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString())
                .isEqualTo("<a>&\"\n");
    }

    @Test
    void oneThingForProgramsHasItsFieldsBesideSchemaAndKind() {
        StringWriter text = new StringWriter();
        Json.print(new PrintWriter(text, true), "key", Map.of("id", "a"));

        assertThat(JsonParser.parseString(text.toString()).getAsJsonObject().keySet())
                .containsExactly("schema", "kind", "id");
    }
}
