package net.testudo.agent.management;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// What has a name: values of an enumeration, and maps.
final class Names {
    private Names() {}

    /// The value of this name, null if there is none.
    static <E extends Enum<E>> @Nullable E of(Class<E> type, String name) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        return null;
    }

    static void writeCounts(OctetWriter out, Map<String, Long> counts) {
        out.u16(counts.size());
        counts.forEach((name, value) -> out.text(name).i64(value));
    }

    static Map<String, Long> readCounts(OctetReader in) {
        Map<String, Long> counts = new TreeMap<>();
        for (int left = in.u16(); left > 0 && in.sound(); left--) {
            counts.put(in.text(), in.i64());
        }
        return counts;
    }
}
