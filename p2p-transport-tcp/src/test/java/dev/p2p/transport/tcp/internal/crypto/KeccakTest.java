package dev.p2p.transport.tcp.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KeccakTest {

    @TestFactory
    Stream<DynamicTest> permutesTheStatesOfTheVectors() {
        return Vectors.objects(Vectors.file("merlin.json"), "keccak_f1600")
                .map(vector -> dynamicTest(Vectors.text(vector, "source"), () -> {
                    byte[] state = Vectors.bytes(vector, "input");
                    new Keccak().permute(state);
                    assertThat(state).isEqualTo(Vectors.bytes(vector, "output"));
                }));
    }
}
