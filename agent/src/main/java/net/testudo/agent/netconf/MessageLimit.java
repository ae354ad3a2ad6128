package net.testudo.agent.netconf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import net.testudo.agent.datastore.RpcError;

/// Counts the octets of the message under way, because the framing of base 1.0 has no limit of its own and that of 1.1
/// has one only for a chunk. Stands before the framing; [Whole] stands behind it.
final class MessageLimit extends ChannelInboundHandlerAdapter {
    private final int limit;
    private final MessageBudget budget;
    private long octets;
    /// What is taken of the budget for the message under way.
    private long taken;
    /// The same for the whole message that is handed on just now, until somebody takes it over.
    private long handed;

    MessageLimit(int limit, MessageBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf buffer) {
            int part = buffer.readableBytes();
            octets += part;
            if (octets > limit) {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(
                        new TooLongFrameException("the message is larger than " + limit + " octets"));
                return;
            }
            if (!budget.take(part)) {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(new MessageRefused(new RpcError(
                        "rpc",
                        "resource-denied",
                        "",
                        "",
                        "the messages that the server works on are larger together than " + budget.octetsMax()
                                + " octets: send it again when others are done",
                        Map.of())));
                return;
            }
            taken += part;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        budget.give(taken);
        taken = 0;
        context.fireChannelInactive();
    }

    /// Takes over what the budget gave for the message that is handed on just now; to be given back by [#done].
    long takeOver() {
        long octetsOfMessage = handed;
        handed = 0;
        return octetsOfMessage;
    }

    /// A message that was taken over was worked on.
    void done(long octetsOfMessage) {
        budget.give(octetsOfMessage);
    }

    /// A whole message came out of the framing.
    final class Whole extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            octets = 0;
            handed = taken;
            taken = 0;
            context.fireChannelRead(message);
            budget.give(takeOver());
        }
    }
}
