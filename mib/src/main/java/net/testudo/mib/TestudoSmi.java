package net.testudo.mib;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// TESTUDO-SMI: the arcs below which everything of ours is registered. The enterprise number is set in the text of
/// that module and nowhere else.
public final class TestudoSmi {
    private static final String ENTERPRISES = "1.3.6.1.4.1";
    private static final Pattern ROOT_ARC = Pattern.compile(
            "\\btestudo\\s+MODULE-IDENTITY\\b.*?::=\\s*\\{\\s*enterprises\\s+(\\d+)\\s*}", Pattern.DOTALL);

    /// Number of the enterprise; by default the arc that is kept for documentation (RFC 5612).
    public static final int ENTERPRISE = enterpriseOf(MibText.TESTUDO_SMI.text());
    /// `testudo`.
    public static final String ROOT = ENTERPRISES + "." + ENTERPRISE;
    /// `testudoElement`: sysObjectID of the cluster.
    public static final String ELEMENT = ROOT + ".1.1";
    /// `testudoModules`.
    public static final String MODULES = ROOT + ".2";

    private TestudoSmi() {}

    /// The number at which the text of TESTUDO-SMI registers `testudo`.
    ///
    /// @throws IllegalArgumentException if the text registers it elsewhere than directly below `enterprises`
    static int enterpriseOf(String text) {
        Matcher matcher = ROOT_ARC.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("TESTUDO-SMI has no line '::= { enterprises NUMBER }' for testudo");
        }
        return Integer.parseInt(matcher.group(1));
    }
}
