package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// Changes what a message says and keeps its form, as a member does whose memory or program is broken: parsers let it
/// pass, and what stands behind them has to cope. Hashes of revisions are made right again.
public final class RecordMutator {
    private static final int CHANGES = 3;
    private static final String[] TEXTS = {
        "", "x", "\n", "'", "S1", "R1", "R2", "\u00e9", "x".repeat(65), "0".repeat(64)
    };

    private final RandomGenerator random;

    public RecordMutator(RandomGenerator random) {
        this.random = random;
    }

    /// The message with one to three values in it changed.
    public <T> T mutated(T message) {
        Object mutant = message;
        for (int change = random.nextInt(CHANGES); change >= 0; change--) {
            mutant = record((Record) mutant);
        }
        @SuppressWarnings("unchecked") // Each change keeps the class.
        T typed = (T) mutant;
        return typed;
    }

    private Record record(Record old) {
        RecordComponent[] components = old.getClass().getRecordComponents();
        if (components.length == 0) {
            return old;
        }
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                var accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                values[i] = accessor.invoke(old);
            }
            int changed = random.nextInt(components.length);
            values[changed] = value(values[changed]);
            var constructor = old.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return repaired((Record) constructor.newInstance(values));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot change " + old, e);
        }
    }

    private @Nullable Object value(@Nullable Object old) {
        return switch (old) {
            case null -> null;
            case Long number -> number(number);
            case Integer octet -> octet(octet);
            case Boolean bool -> !bool;
            case String text -> text(text);
            case DeviceSet set -> new DeviceSet(number(set.bits()) & ~1L);
            case Record part -> record(part);
            case Enum<?> constant -> {
                Object[] constants = constant.getDeclaringClass().getEnumConstants();
                yield constants[random.nextInt(constants.length)];
            }
            case List<?> list -> list(list);
            case SortedMap<?, ?> entries -> entries(entries);
            case Map<?, ?> texts -> texts(texts);
            case MemorySegment octets ->
                MemorySegment.ofArray(Fuzz.mutated(octets.toArray(ValueLayout.JAVA_BYTE), 0, random));
            default -> throw new AssertionError("nobody knows how to change a " + old.getClass());
        };
    }

    private long number(long old) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            case 3 -> random.nextLong();
            case 4 -> old - 1;
            case 5 -> old ^ (1L << random.nextInt(64));
            default -> old + 1;
        };
    }

    /// All integers of the protocol are one octet.
    private int octet(int old) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 0xff;
            case 2 -> DeviceSet.DEVICE_MAX;
            case 3 -> DeviceSet.DEVICE_MAX + 1;
            case 4 -> random.nextInt(0x100);
            case 5 -> old ^ (1 << random.nextInt(8));
            default -> random.nextInt(4);
        };
    }

    private String text(String old) {
        if (old.isEmpty() || random.nextInt(3) == 0) {
            return random.nextInt(64) == 0 ? "x".repeat(60_000) : TEXTS[random.nextInt(TEXTS.length)];
        }
        int at = random.nextInt(old.length());
        char other = (char) ('!' + random.nextInt(94));
        return switch (random.nextInt(3)) {
            case 0 -> old.substring(0, at);
            case 1 -> old.substring(0, at) + other + old.substring(at);
            default -> old.substring(0, at) + other + old.substring(at + 1);
        };
    }

    private List<?> list(List<?> old) {
        List<Object> list = new ArrayList<>(old);
        if (list.isEmpty()) {
            return list;
        }
        int at = random.nextInt(list.size());
        switch (random.nextInt(4)) {
            case 0 -> list.remove(at);
            case 1 -> list.add(list.get(at));
            default -> list.set(at, value(list.get(at)));
        }
        return list;
    }

    /// An entry is missing, has another key, or another value.
    private SortedMap<?, ?> entries(SortedMap<?, ?> old) {
        SortedMap<Object, Object> entries = new TreeMap<>((Map<?, ?>) old);
        if (entries.isEmpty()) {
            return entries;
        }
        Object key = entries.firstKey();
        Object entry = entries.get(key);
        switch (random.nextInt(3)) {
            case 0 -> entries.remove(key);
            case 1 -> entries.put(value(key), entry);
            default -> entries.put(key, value(entry));
        }
        return entries;
    }

    private Map<String, String> texts(Map<?, ?> old) {
        Map<String, String> texts = new TreeMap<>();
        old.forEach((name, value) -> texts.put((String) name, (String) value));
        texts.put(text("a"), text("1"));
        return texts;
    }

    private static Record repaired(Record broken) {
        return switch (broken) {
            case Revision revision -> {
                RevisionHeader header = revision.header();
                yield new Revision(linked(header, header.parent(), revision), revision.content());
            }
            case Line line
            when !line.headers().isEmpty() -> {
                List<RevisionHeader> headers = new ArrayList<>(line.headers());
                Revision newest = line.newest();
                headers.set(headers.size() - 1, newest.header());
                for (int i = 1; i < headers.size(); i++) {
                    RevisionHeader before = headers.get(i - 1);
                    headers.set(i, linked(headers.get(i), before.hash(), i == headers.size() - 1 ? newest : null));
                }
                yield new Line(headers, new Revision(headers.getLast(), newest.content()));
            }
            default -> broken;
        };
    }

    private static RevisionHeader linked(RevisionHeader header, Digest parent, @Nullable Revision of) {
        return new RevisionHeader(
                header.number(),
                parent,
                of == null ? header.contentHash() : Revision.hash(of.content()),
                header.voters(),
                header.tieBreaker(),
                header.numbers(),
                header.keys(),
                header.engineBoots(),
                header.commitId(),
                header.note());
    }
}
