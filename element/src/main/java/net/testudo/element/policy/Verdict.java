package net.testudo.element.policy;

import java.util.Locale;

/// What becomes of a new flow. Drops are counted by their [#counter].
public enum Verdict {
    /// It is forwarded as it is, or with its destination translated.
    FORWARD,
    /// It is forwarded once it has a source port of the pool that the decision names.
    FORWARD_SOURCE_NAT,
    /// It is for a service of the element itself.
    LOCAL,
    /// A rule says drop.
    DROP_RULE,
    /// No rule matches, and the default action says drop.
    DROP_DEFAULT,
    /// It is for the element itself, and no local service may be reached there from its network.
    DROP_LOCAL,
    /// Its source address does not belong to the network it comes from (RFC 3704 §2.2, strict reverse path).
    DROP_SPOOFED,
    /// No data network leads to its destination.
    DROP_NO_ROUTE,
    /// Its destination is a group, a broadcast or no host's address.
    DROP_NOT_A_HOST,
    /// Source NAT applies, but the protocol has nothing that could be translated.
    DROP_UNTRANSLATABLE;

    private final String counter = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// Name of the counter of packets that met this verdict.
    public String counter() {
        return counter;
    }

    /// Whether the flow is carried.
    public boolean forwards() {
        return this == FORWARD || this == FORWARD_SOURCE_NAT;
    }
}
