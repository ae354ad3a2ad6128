package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RememberedPasswordsTest {
    private final RememberedPasswords passwords = new RememberedPasswords();

    @Test
    void whatWasRightIsKnownAsLongAsItsHashIsConfigured() {
        assertFalse(passwords.knows("ann", "hash", "secret"));
        passwords.remember("ann", "hash", "secret");
        assertTrue(passwords.knows("ann", "hash", "secret"));
        assertFalse(passwords.knows("ann", "hash", "secre"));
        assertFalse(passwords.knows("ann", "another hash", "secret"), "the password was changed");
        assertFalse(passwords.knows("bob", "hash", "secret"));
        assertFalse(passwords.knows("ann", "", "hashsecret"));
        assertFalse(passwords.knows("ann", "has", "hsecret"));
    }

    @Test
    void theNewestPasswordIsRemembered() {
        passwords.remember("ann", "hash", "secret");
        passwords.remember("ann", "new hash", "new secret");
        assertFalse(passwords.knows("ann", "hash", "secret"));
        assertTrue(passwords.knows("ann", "new hash", "new secret"));
    }

    @Test
    void whoLoggedInLongestAgoIsForgottenFirst() {
        for (int i = 0; i <= 1024; i++) {
            passwords.remember("user-" + i, "hash", "secret");
        }
        assertFalse(passwords.knows("user-0", "hash", "secret"));
        assertTrue(passwords.knows("user-1", "hash", "secret"));
    }
}
