package dev.p2p.cli;

import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Version;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code p2p version}: what this program is made of. */
@Command(name = "version", description = "Shows build, Java, wire, cipher and modules.")
final class VersionCommand implements Runnable {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", Version.current());
        facts.put("java", Runtime.version().toString());
        facts.put("vm", System.getProperty("java.vm.name"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        ServiceLoader.load(TransportProvider.class).forEach(provider -> facts.putAll(provider.details()));
        ServiceLoader.load(StreamProtocolProvider.class).forEach(provider -> facts.putAll(provider.details()));
        facts.put("modules", modules());
        PrintWriter out = spec.commandLine().getOut();
        if (common.output() == OutputFormat.JSON) {
            Json.print(out, "version", facts);
        } else {
            facts.forEach((name, value) -> out.printf("%-10s %s%n", name, text(value)));
        }
    }

    private static List<String> modules() {
        List<String> names = new ArrayList<>();
        ModuleLayer.boot().modules().stream()
                .map(Module::getDescriptor)
                .filter(module -> module.name().startsWith("dev.p2p.")
                        || !(module.name().startsWith("java.") || module.name().startsWith("jdk.")))
                .map(module -> module.toNameAndVersion())
                .sorted()
                .forEach(names::add);
        return names;
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(" ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
