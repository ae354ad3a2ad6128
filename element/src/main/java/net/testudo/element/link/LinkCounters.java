package net.testudo.element.link;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a link counts: drops by reason, and sealed messages by class.
final class LinkCounters {
    private static final String[] CLASSES = {"other", "status", "probe", "control", "bulk", "relay", "join"};

    private static final String[] SENT = names("channel-sent-");
    private static final String[] RECEIVED = names("channel-received-");

    private final Map<String, Long> named = new TreeMap<>();
    private final long[] sent = new long[CLASSES.length];
    private final long[] received = new long[CLASSES.length];

    void count(String name) {
        named.merge(name, 1L, Long::sum);
    }

    /// Counts a value of an enum under `prefix`, a hyphen and the value's name.
    void count(String prefix, Enum<?> value) {
        count(prefix + "-" + value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    void countSent(int messageClass) {
        sent[messageClass]++;
    }

    void countReceived(int messageClass) {
        received[messageClass < CLASSES.length ? messageClass : 0]++;
    }

    void addTo(Map<String, Long> target) {
        target.putAll(named);
        // nothing is sent in the first class
        target.put(RECEIVED[0], received[0]);
        for (int messageClass = 1; messageClass < CLASSES.length; messageClass++) {
            target.put(SENT[messageClass], sent[messageClass]);
            target.put(RECEIVED[messageClass], received[messageClass]);
        }
    }

    private static String[] names(String prefix) {
        return Arrays.stream(CLASSES).map(prefix::concat).toArray(String[]::new);
    }
}
