package net.testudo.agent.datastore;

import java.util.Random;
import net.testudo.element.management.Content;

/// Random contents of the module `testudo-test`, lines in the order of the schema but list entries in any order.
final class RandomContent {
    private static final String ALPHABET = "ab'\"\\\n\r ]=/é[.";
    private static final String TOP = "/testudo-test:top";

    private final Random random;
    private final StringBuilder configuration = new StringBuilder();
    private final StringBuilder secrets = new StringBuilder();

    RandomContent(Random random) {
        this.random = random;
    }

    Content next() {
        maybe(TOP + "/text", text());
        maybe(TOP + "/number", Integer.toString(random.nextInt()));
        maybe(TOP + "/big", Long.toUnsignedString(random.nextLong()));
        maybe(TOP + "/flag", Boolean.toString(random.nextBoolean()));
        maybe(TOP + "/either", random.nextBoolean() ? "auto" : "7");
        if (random.nextBoolean()) {
            secrets.append(CanonicalLine.of(TOP + "/hidden", text()));
        }
        leafList(TOP + "/tag");
        leafList(TOP + "/hop");
        maybe(random.nextBoolean() ? TOP + "/first" : TOP + "/second/part", text());
        for (int i = random.nextInt(4); i > 0; i--) {
            pair(TOP + "/pair[left=" + CanonicalPath.quote(text() + i) + "][right='" + random.nextInt(256) + "']");
        }
        return new Content(configuration.toString(), secrets.toString());
    }

    private void pair(String path) {
        int before = configuration.length();
        maybe(path + "/note", text());
        for (int i = random.nextInt(3); i > 0; i--) {
            String deep = path + "/deep[name=" + CanonicalPath.quote(text() + i) + "]";
            if (random.nextBoolean()) {
                secrets.append(CanonicalLine.of(deep + "/key", text()));
            }
            if (random.nextBoolean()) {
                configuration.append(CanonicalLine.of(deep + "/value", text()));
            } else {
                configuration.append(deep).append('\n');
            }
        }
        if (configuration.length() == before) {
            configuration.append(path).append('\n');
        }
    }

    private void leafList(String path) {
        for (int i = random.nextInt(4); i > 0; i--) {
            configuration.append(path + "[.=" + CanonicalPath.quote(text() + i) + "]\n");
        }
    }

    private void maybe(String path, String value) {
        if (random.nextInt(3) > 0) {
            configuration.append(CanonicalLine.of(path, value));
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
