package net.testudo.element.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.management.Content;

/// The SHA-256 hash (FIPS 180-4) of a configuration, by which devices compare what they hold (VER-02).
///
/// @param hex 64 hexadecimal digits, small
public record RevisionHash(String hex) {
    /// The hash of a whole content; configuration and secrets both count, and a line cannot move from one to the
    /// other unnoticed.
    public static RevisionHash of(Content content) {
        return of(content.configuration(), content.secrets());
    }

    /// The hash of one text.
    public static RevisionHash of(String text) {
        return of(text, "");
    }

    /// The hash of each top container (first step of the path, such as `/testudo-policy:policy`), by its path: shows
    /// which part of two contents differs. Lines that cannot be read count to the container named by the empty
    /// string.
    public static SortedMap<String, RevisionHash> byContainer(Content content) {
        SortedMap<String, StringBuilder> configuration = split(content.configuration());
        SortedMap<String, StringBuilder> secrets = split(content.secrets());
        SortedMap<String, RevisionHash> hashes = new TreeMap<>();
        StringBuilder none = new StringBuilder();
        configuration.forEach((container, text) -> hashes.put(
                container,
                of(text.toString(), secrets.getOrDefault(container, none).toString())));
        secrets.forEach((container, text) -> hashes.putIfAbsent(container, of("", text.toString())));
        return Collections.unmodifiableSortedMap(hashes);
    }

    @Override
    public String toString() {
        return hex;
    }

    private static SortedMap<String, StringBuilder> split(String text) {
        SortedMap<String, StringBuilder> parts = new TreeMap<>();
        text.lines().forEach(line -> {
            PathScanner scanner = new PathScanner(line);
            String container =
                    scanner.fault() == null ? scanner.steps().getFirst().toString() : "";
            parts.computeIfAbsent(container, _ -> new StringBuilder())
                    .append(line)
                    .append('\n');
        });
        return parts;
    }

    private static RevisionHash of(String first, String second) {
        MessageDigest digest = sha256();
        byte[] octets = first.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, octets.length));
        digest.update(octets);
        digest.update(second.getBytes(StandardCharsets.UTF_8));
        return new RevisionHash(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
