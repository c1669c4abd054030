package dev.p2p.it.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a module's code may call while one of its own locks is held, read from its class files: every call between the first place
 * in a method where a lock is taken and the last where it is released, and everything that those calls lead to within the module,
 * whichever of its types implements what is called. A lambda made there counts as called there, unless it is handed to a thread. So
 * it says too much rather than too little; what stays out of sight are calls that the platform makes by itself, such as of
 * {@code equals}.
 */
final class UnderLock {

    private static final Set<String> TAKES = Set.of("lock", "lockInterruptibly", "tryLock");
    private static final String LOCKS = "java/util/concurrent/locks/";

    /** A method, as its caller names it. */
    record Call(String owner, String method, String descriptor) {

        boolean takesLock() {
            return owner.startsWith(LOCKS) && TAKES.contains(method);
        }

        boolean releasesLock() {
            return owner.startsWith(LOCKS) && method.equals("unlock");
        }

        /** What is given to it runs on another thread. */
        boolean beginsThread() {
            return (owner.endsWith("/Threads") && method.equals("start"))
                    || (owner.startsWith("java/lang/Thread$Builder") && method.equals("unstarted"));
        }

        @Override
        public String toString() {
            return owner.substring(owner.lastIndexOf('/') + 1) + "#" + method;
        }
    }

    /** A call of something outside of the module, and the method whose lock is held. */
    record Reached(Call holder, Call called) {

        @Override
        public String toString() {
            return holder + " calls " + called;
        }
    }

    private final Map<String, ClassModel> classes = new HashMap<>();
    private final Map<String, Set<String>> subtypes = new HashMap<>();
    private final Set<Call> holders = new HashSet<>();
    private final List<Reached> reached = new ArrayList<>();

    UnderLock(Path compiled) throws IOException {
        try (Stream<Path> files = Files.walk(compiled)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(this::read);
        }
        classes.values().forEach(this::noteSupertypes);
        classes.values().forEach(type -> type.methods().forEach(method -> follow(type, method)));
    }

    /** All calls that leave the module while a lock is held. */
    List<Reached> reached() {
        return List.copyOf(reached);
    }

    /** The methods that take a lock. */
    Set<String> holders() {
        Set<String> names = new TreeSet<>();
        holders.forEach(holder -> names.add(holder.toString()));
        return names;
    }

    private void follow(ClassModel type, MethodModel method) {
        List<Call> under = callsUnderLock(method);
        if (under == null) {
            return;
        }
        Call holder = name(type, method);
        holders.add(holder);
        Set<Call> seen = new HashSet<>(under);
        ArrayDeque<Call> open = new ArrayDeque<>(under);
        while (!open.isEmpty()) {
            Call call = open.remove();
            List<MethodModel> bodies = bodies(call);
            if (bodies.isEmpty()) {
                reached.add(new Reached(holder, call));
            }
            bodies.forEach(body ->
                    calls(body, 0, Integer.MAX_VALUE).stream().filter(seen::add).forEach(open::add));
        }
    }

    /** The calls in a method while it holds a lock; null if it takes none. */
    private static List<Call> callsUnderLock(MethodModel method) {
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            return calls(method, 0, Integer.MAX_VALUE);
        }
        int first = Integer.MAX_VALUE;
        int last = -1;
        List<CodeElement> code = elements(method);
        for (int i = 0; i < code.size(); i++) {
            boolean monitor = code.get(i) instanceof MonitorInstruction;
            Call call = code.get(i) instanceof InvokeInstruction invoke ? name(invoke) : null;
            if (monitor || (call != null && call.takesLock())) {
                first = Math.min(first, i);
            }
            if (monitor || (call != null && call.releasesLock())) {
                last = i;
            }
        }
        return first == Integer.MAX_VALUE ? null : calls(method, first + 1, last < first ? Integer.MAX_VALUE : last);
    }

    private static List<Call> calls(MethodModel method, int from, int to) {
        List<Call> calls = new ArrayList<>();
        List<CodeElement> code = elements(method);
        Call lambda = null;
        for (int i = from; i < Math.min(to, code.size()); i++) {
            switch (code.get(i)) {
                case InvokeInstruction invoke -> {
                    if (name(invoke).beginsThread() && lambda != null) {
                        calls.remove(lambda);
                    }
                    calls.add(name(invoke));
                }
                case InvokeDynamicInstruction made -> lambda = addTarget(made, calls);
                default -> {}
            }
        }
        calls.removeIf(call -> call.owner().startsWith(LOCKS) && !call.takesLock());
        return calls;
    }

    /** The method behind a lambda, which is added; null if it is none. */
    private static Call addTarget(InvokeDynamicInstruction made, List<Call> calls) {
        for (ConstantDesc argument : made.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc target) {
                String owner = target.owner().descriptorString();
                Call call = new Call(
                        owner.substring(1, owner.length() - 1), target.methodName(), target.lookupDescriptor());
                calls.add(call);
                return call;
            }
        }
        return null;
    }

    /** The methods of this module that a call may end in. */
    private List<MethodModel> bodies(Call call) {
        List<MethodModel> bodies = new ArrayList<>();
        ArrayDeque<String> up = new ArrayDeque<>(List.of(call.owner()));
        while (!up.isEmpty()) {
            ClassModel type = classes.get(up.remove());
            if (type != null && !addBody(type, call, bodies)) {
                type.superclass().ifPresent(parent -> up.add(parent.asInternalName()));
                type.interfaces().forEach(parent -> up.add(parent.asInternalName()));
            }
        }
        boolean exact = call.method().equals("<init>");
        ArrayDeque<String> down = new ArrayDeque<>(exact ? Set.of() : subtypes.getOrDefault(call.owner(), Set.of()));
        while (!down.isEmpty()) {
            String name = down.remove();
            addBody(classes.get(name), call, bodies);
            down.addAll(subtypes.getOrDefault(name, Set.of()));
        }
        return bodies;
    }

    private static boolean addBody(ClassModel type, Call call, List<MethodModel> bodies) {
        return type.methods().stream()
                        .filter(method -> method.code().isPresent()
                                && method.methodName().equalsString(call.method())
                                && method.methodType().equalsString(call.descriptor()))
                        .peek(bodies::add)
                        .count()
                > 0;
    }

    private void read(Path file) {
        try {
            ClassModel type = ClassFile.of().parse(file);
            classes.put(type.thisClass().asInternalName(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void noteSupertypes(ClassModel type) {
        String name = type.thisClass().asInternalName();
        type.superclass().ifPresent(parent -> note(parent.asInternalName(), name));
        type.interfaces().forEach(parent -> note(parent.asInternalName(), name));
    }

    private void note(String parent, String child) {
        subtypes.computeIfAbsent(parent, key -> new HashSet<>()).add(child);
    }

    private static List<CodeElement> elements(MethodModel method) {
        return method.code().map(code -> code.elementList()).orElse(List.of());
    }

    private static Call name(ClassModel type, MethodModel method) {
        return new Call(
                type.thisClass().asInternalName(),
                method.methodName().stringValue(),
                method.methodType().stringValue());
    }

    private static Call name(InvokeInstruction invoke) {
        return new Call(
                invoke.owner().asInternalName(),
                invoke.name().stringValue(),
                invoke.type().stringValue());
    }
}
