package net.testudo.agent.access;

import java.util.Locale;

/// What is decided, and why.
///
/// @param permitted whether it may be done
/// @param reason what decides
/// @param list name of the list of the rule that decides, or empty
/// @param rule its name, or empty
public record AccessDecision(boolean permitted, Reason reason, String list, String rule) {
    /// What decides.
    public enum Reason {
        /// The user's role.
        ROLE,
        /// A rule.
        RULE,
        /// The module asks for a rule that permits it, and there is none.
        DEFAULT_DENY,
        /// No rule matches: one of the defaults.
        DEFAULT,
        /// Access control is switched off.
        DISABLED,
        /// Everybody may.
        ALWAYS;

        /// The name in YANG.
        public String yang() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static AccessDecision of(boolean permitted, Reason reason) {
        return new AccessDecision(permitted, reason, "", "");
    }

    static AccessDecision of(AccessRule rule) {
        return new AccessDecision(rule.permit(), Reason.RULE, rule.list(), rule.name());
    }
}
