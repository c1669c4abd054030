package dev.p2p.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bars, and what becomes of them where only ASCII is known. */
class SparklineTest {

    @Test
    void barsGoFromTheLowToTheHighNumberAndNoFarther() {
        assertThat(Sparkline.of(List.of(-99.0, -40.0, -20.0, -0.1, 0.0, 71.0), -40, 0))
                .isEqualTo("▁▁▅███");
        assertThat(Sparkline.of(List.of(), -40, 0)).isEmpty();
    }

    @Test
    void everythingBecomesAscii() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(new AsciiWriter(text), true);
        out.print("▁▂▃▄▅▆▇█ 1 → 2… é 😀|");
        out.write('█');
        out.flush();

        assertThat(text.toString()).isEqualTo("_.-:=+*# 1 -> 2... ? ?|#");
    }
}
