package net.testudo.agent.snmp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import net.testudo.mib.MibValue;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;

/// Values of the element as SMIv2 has them (RFC 2578, RFC 2579).
final class Values {
    private static final int TEXT_OCTETS = 255;
    private static final int LONG_TEXT_OCTETS = 1024;
    private static final long UNSIGNED_MAX = 0xFFFF_FFFFL;
    private static final Pattern MAC = Pattern.compile("\\p{XDigit}{2}(:\\p{XDigit}{2}){5}");
    private static final int TRUE = 1;
    private static final int FALSE = 2;

    private Values() {}

    /// DisplayString or SnmpAdminString.
    static OctetString text(String text) {
        return cut(text, TEXT_OCTETS);
    }

    /// TestudoText.
    static OctetString longText(String text) {
        return cut(text, LONG_TEXT_OCTETS);
    }

    /// TruthValue.
    static Integer32 truth(boolean value) {
        return new Integer32(value ? TRUE : FALSE);
    }

    /// An enumeration of ours.
    static Integer32 enumeration(MibValue value) {
        return new Integer32(value.number());
    }

    /// An enumeration of ours, by the name the element has for it; null if it is none of them.
    static @Nullable Integer32 named(MibValue[] values, String kebabCase) {
        String constant = kebabCase.toUpperCase(Locale.ROOT).replace('-', '_');
        for (MibValue value : values) {
            if (value.name().equals(constant)) {
                return enumeration(value);
            }
        }
        return null;
    }

    /// Gauge32; what does not fit stays at the highest value.
    static Gauge32 gauge(long value) {
        return new Gauge32(Math.clamp(value, 0, UNSIGNED_MAX));
    }

    /// Unsigned32; what does not fit stays at the highest value.
    static UnsignedInteger32 unsigned(long value) {
        return new UnsignedInteger32(Math.clamp(value, 0, UNSIGNED_MAX));
    }

    /// MacAddress, from six hexadecimal octets with colons; null if it is none.
    static @Nullable OctetString mac(String text) {
        return MAC.matcher(text).matches() ? OctetString.fromHexString(text, ':') : null;
    }

    /// The index that a string of variable length makes (RFC 2578 §7.7): its length, then its octets.
    static OID index(String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8)).toSubIndex(false);
    }

    /// UTF-8 of at most `octetsMax`, cut between characters.
    private static OctetString cut(String text, int octetsMax) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= octetsMax) {
            return new OctetString(octets);
        }
        int end = octetsMax;
        while (end > 0 && (octets[end] & 0xC0) == 0x80) {
            end--;
        }
        return new OctetString(octets, 0, end);
    }
}
