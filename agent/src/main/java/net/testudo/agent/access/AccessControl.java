package net.testudo.agent.access;

import java.util.function.Supplier;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.Models;
import net.testudo.element.management.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Access control by the rules of the decided configuration (RFC 8341). Safe for use by any thread.
public final class AccessControl {
    private static final Logger LOG = LoggerFactory.getLogger(AccessControl.class);

    private record Cached(Content content, AccessRules rules) {}

    private final Models models;
    private final Supplier<Content> running;
    private final AccessCounters counters = new AccessCounters();
    private volatile Cached cached = new Cached(Content.EMPTY, AccessRules.STANDARD);

    /// @param models the modules, with what they keep from everybody
    /// @param running the decided configuration
    public AccessControl(Models models, Supplier<Content> running) {
        this.models = models;
        this.running = running;
    }

    /// What `who` may do at this moment.
    public Access of(Subject who) {
        return new Access(who, models, rules(), counters);
    }

    /// The counters of what was denied, as canonical lines of the module.
    public String lines() {
        return counters.lines();
    }

    private AccessRules rules() {
        Content content = running.get();
        Cached known = cached;
        if (known.content().equals(content)) {
            return known.rules();
        }
        try {
            known = new Cached(content, AccessRules.of(content));
        } catch (CanonicalFormException e) {
            LOG.error(
                    "the access control of the newest configuration cannot be read, the former one stays: {}",
                    e.getMessage());
            known = new Cached(content, known.rules());
        }
        cached = known;
        return known.rules();
    }
}
