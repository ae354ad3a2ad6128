package net.testudo.element.policy;

import java.util.Locale;

/// What becomes of a new flow. Drops are counted by their [#counter].
public enum Verdict {
    /// It is forwarded as it is, or with its destination translated.
    FORWARD(1),
    /// It is forwarded once it has a source port of the pool that the decision names.
    FORWARD_SOURCE_NAT(2),
    /// It is for a service of the element itself.
    LOCAL(3),
    /// A rule says drop.
    DROP_RULE(4),
    /// No rule matches, and the default action says drop.
    DROP_DEFAULT(5),
    /// It is for the element itself, and no local service may be reached there from its network.
    DROP_LOCAL(6),
    /// Its source address does not belong to the network it comes from (RFC 3704 §2.2, strict reverse path).
    DROP_SPOOFED(7),
    /// No data network leads to its destination.
    DROP_NO_ROUTE(8),
    /// Its destination is a group, a broadcast or no host's address.
    DROP_NOT_A_HOST(9),
    /// Source NAT applies, but the protocol has nothing that could be translated.
    DROP_UNTRANSLATABLE(10);

    private final String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String counter = "policy." + words;
    private final int number;

    Verdict(int number) {
        this.number = number;
    }

    /// On the wire.
    public int number() {
        return number;
    }

    /// What a number on the wire says, such as `drop-rule`; `nothing` if there is no such verdict.
    public static String words(int number) {
        for (Verdict verdict : values()) {
            if (verdict.number == number) {
                return verdict.words;
            }
        }
        return "nothing";
    }

    /// Name of the counter of packets that met this verdict, such as `policy.drop-rule`.
    public String counter() {
        return counter;
    }

    /// Whether the flow is carried.
    public boolean forwards() {
        return this == FORWARD || this == FORWARD_SOURCE_NAT;
    }
}
