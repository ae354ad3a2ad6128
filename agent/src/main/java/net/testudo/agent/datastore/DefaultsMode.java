package net.testudo.agent.datastore;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a read shows leaves that have their default value (RFC 6243 §3).
public enum DefaultsMode {
    /// All that is in use, whether somebody set it or not.
    REPORT_ALL,
    /// The same; what has its default value is marked.
    REPORT_ALL_TAGGED,
    /// Only what differs from its default value.
    TRIM,
    /// Only what somebody set, to whichever value.
    EXPLICIT;

    /// Of the parameter `with-defaults`.
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults";

    /// Of the attribute `default`.
    static final String TAG_NAMESPACE = "urn:ietf:params:xml:ns:netconf:default:1.0";

    /// The mode with this name in YANG.
    public static Optional<DefaultsMode> parse(String name) {
        return Arrays.stream(values()).filter(mode -> mode.yang().equals(name)).findFirst();
    }

    /// The name in YANG.
    public String yang() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether leaves are shown that nobody set.
    boolean addsDefaults() {
        return this == REPORT_ALL || this == REPORT_ALL_TAGGED;
    }
}
