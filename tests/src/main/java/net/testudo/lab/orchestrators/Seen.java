package net.testudo.lab.orchestrators;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one read shows: each orchestrator writes its value into two modules at once.
///
/// @param inPolicy the value in its rule, 0 if there is none
/// @param inAccess the value in its group
/// @param waiting whether a confirmed commit waits
record Seen(int inPolicy, int inAccess, boolean waiting) {
    private static final Pattern PORT = Pattern.compile("<destination-port>(\\d+)\\.\\.");
    private static final Pattern USER = Pattern.compile("<user-name>v(\\d+)<");

    /// The operation that reads it.
    static String operation(String orchestrator) {
        return """
            <get><filter>
              <policy xmlns='urn:testudo:yang:testudo-policy'><rule><name>%1$s</name></rule></policy>
              <nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'>
                <groups><group><name>%1$s</name></group></groups>
              </nacm>
              <cluster xmlns='urn:testudo:yang:testudo-cluster'><history xmlns='urn:testudo:yang:testudo-revisions'>
                <pending-commit/></history></cluster>
            </filter></get>""".formatted(orchestrator);
    }

    /// The configuration that writes `value`.
    static String change(String orchestrator, int value) {
        return """
                <policy xmlns='urn:testudo:yang:testudo-policy'><rule><name>%1$s</name><protocol>tcp</protocol>
                  <destination-port>%2$d..%2$d</destination-port><action>accept</action></rule></policy>
                <nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'
                  xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'>
                  <groups><group nc:operation='replace'><name>%1$s</name><user-name>v%2$d</user-name></group></groups>
                </nacm>""".formatted(orchestrator, value);
    }

    static Seen of(String reply) {
        return new Seen(number(PORT, reply), number(USER, reply), reply.contains("<restores>"));
    }

    private static int number(Pattern pattern, String reply) {
        Matcher matcher = pattern.matcher(reply);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
