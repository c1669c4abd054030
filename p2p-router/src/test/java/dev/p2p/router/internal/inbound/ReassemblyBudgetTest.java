package dev.p2p.router.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReassemblyBudgetTest {

    private final ReassemblyBudget budget = new ReassemblyBudget(100);
    private final List<String> evicted = new ArrayList<>();

    @Test
    @DisplayName("A-17: the memory of unfinished messages is never exceeded; who holds most of it makes room")
    void whoHoldsMostMakesRoom() throws Exception {
        ReassemblyBudget.Account heavy = open("heavy");
        ReassemblyBudget.Account light = open("light");
        ReassemblyBudget.Account next = open("next");
        heavy.take(60);
        light.take(30);
        next.take(20);
        assertThat(evicted).containsExactly("heavy memory-short");
        assertThat(budget.used()).isEqualTo(50);
    }

    @Test
    void whoWouldHoldMostGetsNothing() throws Exception {
        open("light").take(30);
        ReassemblyBudget.Account heavy = open("heavy");
        heavy.take(40);
        assertThatThrownBy(() -> heavy.take(40))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MEMORY_SHORT));
        assertThat(evicted).isEmpty();
        assertThat(budget.used()).isEqualTo(70);
    }

    @Test
    void severalGoIfOneIsNotEnough() throws Exception {
        open("a").take(50);
        open("b").take(45);
        open("c").take(4);
        open("d").take(44);
        assertThat(evicted).containsExactly("a memory-short");
        open("e").take(40);
        assertThat(evicted).containsExactly("a memory-short", "b memory-short");
        assertThat(budget.used()).isEqualTo(88);
    }

    @Test
    void whatIsGivenBackIsFree() throws Exception {
        ReassemblyBudget.Account account = open("a");
        account.take(100);
        account.giveBack(100);
        open("b").take(100);
        assertThat(evicted).isEmpty();
    }

    @Test
    void aClosedAccountCountsNoMore() throws Exception {
        ReassemblyBudget.Account account = open("a");
        account.take(90);
        account.close();
        account.close();
        account.giveBack(90);
        account.take(1_000);
        assertThat(budget.used()).isZero();
    }

    private ReassemblyBudget.Account open(String name) {
        return budget.open(reason -> evicted.add(name + " " + reason));
    }
}
