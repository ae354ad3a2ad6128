package net.testudo.agent.management;

import net.testudo.element.management.Answer;
import net.testudo.element.management.Request;

/// The same request or answer under another id: the element's end numbers the requests of all agents in one line.
final class Requests {
    private Requests() {}

    static Request withId(Request request, long id) {
        return switch (request) {
            case Request.Commit r -> new Request.Commit(id, r.commitId(), r.baseRevision(), r.content(), r.author());
            case Request.CompareMembers _ -> new Request.CompareMembers(id);
            case Request.FetchOrphan r -> new Request.FetchOrphan(id, r.device(), r.hash());
            case Request.DismissOrphan r -> new Request.DismissOrphan(id, r.device(), r.hash());
            case Request.FetchRevision r -> new Request.FetchRevision(id, r.number());
            case Request.CommitStatus r -> new Request.CommitStatus(id, r.commitId());
            case Request.Join r -> new Request.Join(id, r.serial());
            case Request.Failover r -> new Request.Failover(id, r.device(), r.target(), r.reason());
            case Request.FormAlone r -> new Request.FormAlone(id, r.reason());
            case Request.Leave r -> new Request.Leave(id, r.serial());
            case Request.Deactivate r -> new Request.Deactivate(id, r.serial(), r.reason());
            case Request.Activate r -> new Request.Activate(id, r.serial());
            case Request.Replace r -> new Request.Replace(id, r.serial(), r.by());
            case Request.RunningLock r -> new Request.RunningLock(id, r.holder());
            case Request.RotateIdentity r -> new Request.RotateIdentity(id, r.hostKey(), r.joinKeys(), r.author());
            case Request.WaiveExposure r -> new Request.WaiveExposure(id, r.device(), r.reason(), r.author());
            case Request.FactoryReset _ -> new Request.FactoryReset(id);
        };
    }

    static Answer withId(Answer answer, long id) {
        return new Answer(id, answer.outcome(), answer.message(), answer.path(), answer.revision(), answer.held());
    }
}
