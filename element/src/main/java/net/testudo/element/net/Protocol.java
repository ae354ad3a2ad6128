package net.testudo.element.net;

import java.util.OptionalInt;

/// Numbers of the IPv4 protocols that the element tells apart (IANA "Protocol Numbers").
public final class Protocol {
    /// Any protocol, in a rule.
    public static final int ANY = -1;
    /// RFC 792.
    public static final int ICMP = 1;
    /// RFC 9293.
    public static final int TCP = 6;
    /// RFC 768.
    public static final int UDP = 17;
    /// RFC 4303.
    public static final int ESP = 50;
    /// RFC 4302.
    public static final int AH = 51;

    private Protocol() {}

    /// The number of a protocol given by its name in small letters (`any` is [#ANY]) or as a number of 0 to 255.
    public static OptionalInt parse(String text) {
        return switch (text) {
            case "any" -> OptionalInt.of(ANY);
            case "icmp" -> OptionalInt.of(ICMP);
            case "tcp" -> OptionalInt.of(TCP);
            case "udp" -> OptionalInt.of(UDP);
            case "esp" -> OptionalInt.of(ESP);
            case "ah" -> OptionalInt.of(AH);
            default -> {
                int number = Decimal.parse(text, 3);
                yield number >= 0 && number <= 255 ? OptionalInt.of(number) : OptionalInt.empty();
            }
        };
    }

    /// Whether the protocol has ports.
    public static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP;
    }
}
