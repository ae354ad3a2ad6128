package net.testudo.agent.management;

import java.util.List;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.HeldContent;
import net.testudo.element.management.Request;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// Requests and answers: kind (1 octet), id (8), fields.
final class RequestCodec {
    private static final int COMMIT = 1;
    private static final int COMMIT_STATUS = 2;
    private static final int JOIN = 3;
    private static final int FAILOVER = 4;
    private static final int FORM_ALONE = 5;
    private static final int LEAVE = 6;
    private static final int RUNNING_LOCK = 7;
    private static final int FACTORY_RESET = 8;
    private static final int DEACTIVATE = 9;
    private static final int ACTIVATE = 10;
    private static final int FETCH_REVISION = 11;
    private static final int REPLACE = 12;
    private static final int COMPARE_MEMBERS = 13;
    private static final int FETCH_ORPHAN = 14;
    private static final int DISMISS_ORPHAN = 15;
    private static final int ROTATE_IDENTITY = 16;
    private static final int WAIVE_EXPOSURE = 17;

    private RequestCodec() {}

    static void write(OctetWriter out, Request request) {
        long id = request.requestId();
        switch (request) {
            case Request.Commit r -> {
                out.u8(COMMIT).i64(id).text(r.commitId()).i64(r.baseRevision());
                writeContent(out, r.content());
                writeAuthor(out, r.author());
            }
            case Request.CompareMembers _ -> out.u8(COMPARE_MEMBERS).i64(id);
            case Request.FetchOrphan r ->
                out.u8(FETCH_ORPHAN).i64(id).u8(r.device()).text(r.hash());
            case Request.DismissOrphan r ->
                out.u8(DISMISS_ORPHAN).i64(id).u8(r.device()).text(r.hash());
            case Request.FetchRevision r -> out.u8(FETCH_REVISION).i64(id).i64(r.number());
            case Request.CommitStatus r -> out.u8(COMMIT_STATUS).i64(id).text(r.commitId());
            case Request.Join r -> out.u8(JOIN).i64(id).longText(r.serial());
            case Request.Failover r ->
                out.u8(FAILOVER).i64(id).u8(r.device()).u8(r.target()).longText(r.reason());
            case Request.FormAlone r -> out.u8(FORM_ALONE).i64(id).longText(r.reason());
            case Request.Leave r -> out.u8(LEAVE).i64(id).longText(r.serial());
            case Request.Deactivate r ->
                out.u8(DEACTIVATE).i64(id).longText(r.serial()).longText(r.reason());
            case Request.Activate r -> out.u8(ACTIVATE).i64(id).longText(r.serial());
            case Request.Replace r ->
                out.u8(REPLACE).i64(id).longText(r.serial()).longText(r.by());
            case Request.RunningLock r -> out.u8(RUNNING_LOCK).i64(id).longText(r.holder());
            case Request.RotateIdentity r -> {
                out.u8(ROTATE_IDENTITY).i64(id).longText(r.hostKey()).bool(r.joinKeys());
                writeAuthor(out, r.author());
            }
            case Request.WaiveExposure r -> {
                out.u8(WAIVE_EXPOSURE).i64(id).u8(r.device()).longText(r.reason());
                writeAuthor(out, r.author());
            }
            case Request.FactoryReset _ -> out.u8(FACTORY_RESET).i64(id);
        }
    }

    /// @return null if there is no such kind of request
    static @Nullable Request readRequest(OctetReader in) {
        int kind = in.u8();
        long id = in.i64();
        return switch (kind) {
            case COMMIT -> new Request.Commit(id, in.text(), in.i64(), readContent(in), readAuthor(in));
            case COMPARE_MEMBERS -> new Request.CompareMembers(id);
            case FETCH_ORPHAN -> new Request.FetchOrphan(id, in.u8(), in.text());
            case DISMISS_ORPHAN -> new Request.DismissOrphan(id, in.u8(), in.text());
            case FETCH_REVISION -> new Request.FetchRevision(id, in.i64());
            case COMMIT_STATUS -> new Request.CommitStatus(id, in.text());
            case JOIN -> new Request.Join(id, in.longText());
            case FAILOVER -> new Request.Failover(id, in.u8(), in.u8(), in.longText());
            case FORM_ALONE -> new Request.FormAlone(id, in.longText());
            case LEAVE -> new Request.Leave(id, in.longText());
            case DEACTIVATE -> new Request.Deactivate(id, in.longText(), in.longText());
            case ACTIVATE -> new Request.Activate(id, in.longText());
            case REPLACE -> new Request.Replace(id, in.longText(), in.longText());
            case RUNNING_LOCK -> new Request.RunningLock(id, in.longText());
            case ROTATE_IDENTITY -> new Request.RotateIdentity(id, in.longText(), in.bool(), readAuthor(in));
            case WAIVE_EXPOSURE -> new Request.WaiveExposure(id, in.u8(), in.longText(), readAuthor(in));
            case FACTORY_RESET -> new Request.FactoryReset(id);
            default -> null;
        };
    }

    static void write(OctetWriter out, Answer answer) {
        out.i64(answer.requestId())
                .text(answer.outcome().name())
                .longText(answer.message())
                .longText(answer.path())
                .i64(answer.revision());
        out.u16(answer.held().size());
        for (HeldContent held : answer.held()) {
            out.u8(held.device()).i64(held.revision()).text(held.hash());
            writeContent(out, held.content());
            out.longText(held.own()).longText(held.fault());
        }
    }

    /// @return null if there is no such outcome
    static @Nullable Answer readAnswer(OctetReader in) {
        long id = in.i64();
        Answer.Outcome outcome = Names.of(Answer.Outcome.class, in.text());
        String message = in.longText();
        String path = in.longText();
        long revision = in.i64();
        List<HeldContent> held = in.list(RequestCodec::readHeld);
        return outcome == null ? null : new Answer(id, outcome, message, path, revision, held);
    }

    private static HeldContent readHeld(OctetReader in) {
        return new HeldContent(in.u8(), in.i64(), in.text(), readContent(in), in.longText(), in.longText());
    }

    static void writeAuthor(OctetWriter out, Author author) {
        out.longText(author.user()).longText(author.session()).longText(author.comment());
    }

    static Author readAuthor(OctetReader in) {
        return new Author(in.longText(), in.longText(), in.longText());
    }

    static void writeContent(OctetWriter out, Content content) {
        out.longText(content.configuration()).longText(content.secrets());
    }

    static Content readContent(OctetReader in) {
        return new Content(in.longText(), in.longText());
    }
}
