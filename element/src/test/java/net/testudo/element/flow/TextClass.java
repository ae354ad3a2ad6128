package net.testudo.element.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;

/// A further class of run-time data, as somebody would add it: texts by name. It uses nothing but what a class is
/// given.
final class TextClass implements SyncSource, SyncSink {
    static final int NUMBER = 200;

    final Map<String, String> texts = new TreeMap<>();
    private final ArrayDeque<String> changes = new ArrayDeque<>();
    private boolean running;
    private boolean transferred;

    SyncClass registration() {
        return new SyncClass(NUMBER, "texts", this, this);
    }

    void put(String name, String text) {
        texts.put(name, text);
        if (running) {
            changes.add(name);
        }
    }

    List<String> names() {
        return new ArrayList<>(texts.keySet());
    }

    @Override
    public void restart() {
        stop();
        running = true;
        changes.addAll(texts.keySet());
    }

    @Override
    public void stop() {
        running = false;
        transferred = false;
        changes.clear();
    }

    @Override
    public boolean next(OctetWriter record) {
        String name = changes.poll();
        if (name == null) {
            transferred = true;
            return false;
        }
        record.text(name).text(texts.getOrDefault(name, ""));
        return true;
    }

    @Override
    public boolean isTransferred() {
        return transferred;
    }

    @Override
    public long held() {
        return texts.size();
    }

    @Override
    public long waiting() {
        return changes.size();
    }

    @Override
    public void begin(int from, long stream) {
        texts.clear();
    }

    @Override
    public Taken apply(int from, OctetReader record, long nowNs) {
        String name = record.text();
        String text = record.text();
        if (!record.complete()) {
            return Taken.MALFORMED;
        }
        texts.put(name, text);
        return Taken.TAKEN;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {}
}
