package dev.p2p.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.filter.Filter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");
    private static final Listing<Integer> NUMBERS = new Listing<>(
            "numbers", List.of(Column.of("n", FieldKind.NUMBER, (Integer n) -> n)), List.of("n"), List.of("n"));

    @Test
    void keepsTheFirstRowsAndCountsTheRest() {
        Selection<Integer> selection = new Selection<>(NUMBERS, Filter.EVERYTHING, null, 3, NOW);

        IntStream.range(0, 3).forEach(selection::offer);

        assertThat(selection.satisfied()).isTrue();
        selection.skip(997);
        assertThat(selection.rows()).containsExactly(0, 1, 2);
        assertThat(selection.matching()).isEqualTo(1_000);
        assertThat(selection.about()).isFalse();
    }

    @Test
    void saysWhenTheNumberIsOnlyKnownAbout() {
        Selection<Integer> selection = new Selection<>(NUMBERS, Filter.EVERYTHING, null, 1, NOW);

        selection.offer(1);
        selection.skipAbout(99_000);

        assertThat(selection.about()).isTrue();
        assertThat(selection.seen()).isEqualTo(99_001);
    }

    @Test
    void aSortedSelectionHoldsNoMoreThanItShows() {
        Selection<Integer> selection = new Selection<>(NUMBERS, Filter.EVERYTHING, Comparator.reverseOrder(), 2, NOW);

        IntStream.range(0, 10_000).forEach(selection::offer);

        assertThat(selection.satisfied()).isFalse();
        assertThat(selection.rows()).containsExactly(9_999, 9_998);
    }

    @Test
    void rowsThatAreEqualKeepTheirOrder() {
        Selection<Integer> selection =
                new Selection<>(NUMBERS, Filter.EVERYTHING, Comparator.comparing(n -> n % 2), 0, NOW);

        IntStream.range(0, 6).forEach(selection::offer);

        assertThat(selection.rows()).containsExactly(0, 2, 4, 1, 3, 5);
    }
}
