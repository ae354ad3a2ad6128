package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What many sessions may send at the same time.
class MessageLimitTest {
    private static final int LIMIT = 100;
    private static final String END = "!";

    private final MessageBudget budget = new MessageBudget(150);

    /// Messages end with an exclamation mark.
    private static final class Framing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf part = (ByteBuf) message;
            if (part.toString(StandardCharsets.US_ASCII).endsWith(END)) {
                context.fireChannelRead(message);
            } else {
                part.release();
            }
        }
    }

    /// One connection; its session takes messages over, or refuses them.
    private final class Connection {
        private final MessageLimit limit = new MessageLimit(LIMIT, budget);
        private final EmbeddedChannel channel;
        private long octetsAtWork;

        Connection(boolean takesOver) {
            channel = new EmbeddedChannel(limit, new Framing(), limit.new Whole(), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    octetsAtWork = takesOver ? limit.takeOver() : 0;
                    ((ByteBuf) message).release();
                }
            });
        }

        void sends(int octets, String end) {
            channel.writeInbound(
                    Unpooled.copiedBuffer("x".repeat(octets - end.length()) + end, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void messagesUnderWayHaveALimitTogetherUntilTheirConnectionIsOver() {
        Connection first = new Connection(true);
        Connection second = new Connection(true);
        first.sends(90, "");
        MessageRefused refused = assertThrows(MessageRefused.class, () -> new Connection(true).sends(90, ""));
        assertEquals("resource-denied", refused.error().tag());
        first.channel.close().syncUninterruptibly();
        assertDoesNotThrow(() -> second.sends(90, END));
    }

    @Test
    void aMessageCountsUntilItWasWorkedOn() {
        Connection first = new Connection(true);
        Connection second = new Connection(true);
        first.sends(40, "");
        first.sends(50, END);
        assertEquals(90, first.octetsAtWork);
        assertThrows(MessageRefused.class, () -> new Connection(true).sends(90, END));
        first.limit.done(first.octetsAtWork);
        assertDoesNotThrow(() -> second.sends(90, END));
    }

    @Test
    void aMessageThatNobodyTakesOverCountsNoMore() {
        Connection connection = new Connection(false);
        for (int i = 0; i < 3; i++) {
            assertDoesNotThrow(() -> connection.sends(90, END));
        }
    }

    @Test
    void aSingleMessageHasALimitOfItsOwn() {
        Connection connection = new Connection(true);
        connection.sends(90, "");
        assertThrows(Exception.class, () -> connection.sends(20, END));
    }
}
