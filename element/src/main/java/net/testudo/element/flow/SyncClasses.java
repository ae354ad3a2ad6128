package net.testudo.element.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The registry of classes of run-time data (BKP-09, SYN-02). All of them travel in one stream, in the order in which
/// they were registered, flows last: what flows refer to is there before them. A further class is one more entry.
public final class SyncClasses {
    /// Number of the class of flows and their run-time data, which is always there.
    public static final int FLOWS = 1;
    /// Flows only.
    public static final SyncClasses NONE = new SyncClasses(List.of());

    /// Name of that class.
    static final String FLOWS_NAME = "flows";

    private final List<SyncClass> classes;

    /// @param classes besides flows
    /// @throws IllegalArgumentException if two have one number or name
    public SyncClasses(List<SyncClass> classes) {
        Set<Object> taken = new HashSet<>(List.of(FLOWS, FLOWS_NAME));
        for (SyncClass each : classes) {
            if (!taken.add(each.number()) || !taken.add(each.name())) {
                throw new IllegalArgumentException(
                        "class " + each.number() + " '" + each.name() + "' of run-time data is registered twice");
            }
        }
        this.classes = List.copyOf(classes);
    }

    /// The same with one more class.
    public SyncClasses with(SyncClass more) {
        List<SyncClass> all = new ArrayList<>(classes);
        all.add(more);
        return new SyncClasses(all);
    }

    /// Names of all classes, flows among them, in the order of the stream.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        classes.forEach(each -> names.add(each.name()));
        names.add(FLOWS_NAME);
        return names;
    }

    /// The classes besides flows.
    List<SyncClass> others() {
        return classes;
    }

    /// The same classes with other sinks.
    SyncClasses received(UnaryOperator<SyncSink> by) {
        return new SyncClasses(classes.stream()
                .map(each -> new SyncClass(each.number(), each.name(), each.source(), by.apply(each.sink())))
                .toList());
    }
}
