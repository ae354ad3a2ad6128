package net.testudo.agent.netconf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.ReferenceCountUtil;

/// Counts the octets of the message under way, because the framing of base 1.0 has no limit of its own and that of 1.1
/// has one only for a chunk. Stands before the framing; [Reset] stands behind it.
final class MessageLimit extends ChannelInboundHandlerAdapter {
    private final int limit;
    private long octets;

    MessageLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf buffer) {
            octets += buffer.readableBytes();
            if (octets > limit) {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(
                        new TooLongFrameException("the message is larger than " + limit + " octets"));
                return;
            }
        }
        context.fireChannelRead(message);
    }

    /// A whole message came out of the framing.
    final class Reset extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            octets = 0;
            context.fireChannelRead(message);
        }
    }
}
