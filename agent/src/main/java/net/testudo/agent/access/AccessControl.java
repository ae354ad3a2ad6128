package net.testudo.agent.access;

import java.util.function.Supplier;
import net.testudo.agent.datastore.ContentView;
import net.testudo.agent.datastore.Models;
import net.testudo.element.management.Content;

/// Access control by the rules of the decided configuration (RFC 8341). Safe for use by any thread.
public final class AccessControl {
    private final Models models;
    private final ContentView<AccessRules> rules;
    private final AccessCounters counters = new AccessCounters();

    /// @param models the modules, with what they keep from everybody
    /// @param running the decided configuration
    public AccessControl(Models models, Supplier<Content> running) {
        this.models = models;
        rules = new ContentView<>("access control", running, AccessRules::of, AccessRules.STANDARD);
    }

    /// What `who` may do at this moment.
    public Access of(Subject who) {
        return new Access(who, models, rules.now(), counters);
    }

    /// The counters of what was denied, as canonical lines of the module.
    public String lines() {
        return counters.lines();
    }
}
