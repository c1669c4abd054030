package dev.p2p.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.p2p.cli.json.JsonElements.Cut;
import dev.p2p.cli.json.JsonElements.Element;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonElementsTest {

    @Test
    void cutsAListWithoutUnderstandingIt() throws JsonProblem {
        Cut cut = cut("{\"k\":1,\n \"items\": [ {\"id\":\"a,]}\\\"\"},\n{\"id\":{\"x\":[1,{}]}} ], \"z\":2}");

        assertThat(texts(cut)).containsExactly("{\"id\":\"a,]}\\\"\"}", "{\"id\":{\"x\":[1,{}]}}");
        assertThat(cut.elements()).extracting(Element::line).containsExactly(2, 3);
        assertThat(cut.complete()).isTrue();
        assertThat(JsonTree.object(cut.rest(), JsonLimits.ENTRY).names()).containsExactly("k", "items", "z");
    }

    @Test
    void goesOnBehindADamagedElement() throws JsonProblem {
        Cut cut = cut("{\"items\":[{\"id\":1},{\"id\":\"never ends\n},{\"id\":3},17,{\"id\":4}]}");

        assertThat(cut.elements())
                .extracting(Element::problem)
                .containsExactly("", "a text does not end", "", "it is not an object", "");
        assertThat(texts(cut)).contains("{\"id\":1}", "{\"id\":3}", "{\"id\":4}");
    }

    @Test
    void tellsWhereAFileIsCutOff() throws JsonProblem {
        Cut cut = cut("{\"items\":[{\"id\":1},{\"id\":");

        assertThat(cut.complete()).isFalse();
        assertThat(cut.elements())
                .extracting(Element::problem)
                .containsExactly("", "the file ends in the middle of it");
    }

    @Test
    void boundsLengthAndDepthOfAnElement() throws JsonProblem {
        String deep = "{\"id\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        String big = "{\"id\":\"" + "x".repeat(200_000) + "\"}";

        Cut cut = cut("{\"items\":[" + deep + "," + big + ",{\"id\":1}]}");

        assertThat(cut.elements())
                .extracting(Element::problem)
                .containsExactly("it is nested more than 16 deep", "it has more than 65536 characters", "");
        assertThat(cut.elements()).allSatisfy(e -> assertThat(e.text()).hasSizeLessThanOrEqualTo(65_536));
    }

    @Test
    void refusesATextWithoutTheList() {
        for (String text : List.of("", "[]", "\"items\":[1]", "{\"item\":[]}", "{\"items\":{}}", "\0\1\2")) {
            assertThatExceptionOfType(JsonProblem.class).as(text).isThrownBy(() -> cut(text));
        }
    }

    private static Cut cut(String text) throws JsonProblem {
        return JsonElements.cut(text, "items", "id");
    }

    private static List<String> texts(Cut cut) {
        return cut.elements().stream()
                .filter(e -> e.problem().isEmpty())
                .map(Element::text)
                .toList();
    }
}
