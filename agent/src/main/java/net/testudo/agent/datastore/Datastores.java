package net.testudo.agent.datastore;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.w3c.dom.Element;

/// Running and the one shared candidate (RFC 6241 §8.3), with their locks.
///
/// Running is always the content of the newest decided revision. The candidate follows it while nobody has edited it;
/// an edited one takes over what the cluster changed in running (the member entry of a device that joined) while it
/// is not locked, and when it is committed. Safe for use by any thread.
public final class Datastores {
    /// A datastore.
    public enum Name {
        /// The configuration the cluster works with.
        RUNNING,
        /// The configuration somebody prepares.
        CANDIDATE;

        /// The name in YANG.
        public String yang() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A held lock.
    ///
    /// @param session that holds it
    /// @param user of that session
    /// @param since when it was taken, for monitoring only
    public record Lock(long session, String user, Instant since) {}

    /// An edit-config.
    ///
    /// @param config the element `config`; its attributes of NETCONF are consumed
    /// @param standard the default operation
    /// @param validate whether the result has to be valid as a whole
    /// @param apply whether the edit is done, or only tried
    /// @param onError what becomes of the rest if a part of it is refused
    public record Edit(Element config, EditOperation standard, boolean validate, boolean apply, OnError onError) {}

    /// The running from which the candidate was made: as the element gave it, and in our canonical form.
    private record Base(long revision, Content given, Content content) {}

    /// About 500 firewall rules. Of a larger one the devices' duty cycle would be busy for longer than a lease lasts.
    private static final int CHARACTERS_MAX = 256 * 1024;

    /// A device may join just while a commit is under way.
    private static final int TRIES_MAX = 3;

    private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final ElementClient element;
    private final Function<Content, String> completion;
    private final ContentRule rule;
    private final Models models;
    private final CanonicalForm form;
    private final ConstraintValidator validator;
    private final CanonicalXml xml;
    private final Defaults defaults;
    private final DefaultLines defaultLines;
    private final Candidate candidate;
    private final PendingCommits pendingCommits;
    private final NewerRevision newer;
    private final Locks locks = new Locks();
    private Base base = new Base(0, Content.EMPTY, Content.EMPTY);
    private String conflict = "";
    private boolean committing;

    /// @param element decides revisions
    /// @param completion what a content that is to be committed lacks, as canonical lines (keys that are made when
    ///     the cluster is formed), or an empty text
    /// @param rule what has to hold beyond the modules
    /// @param pendingCommits know which commit waits for its confirmation
    public Datastores(
            Models models,
            ElementClient element,
            Function<Content, String> completion,
            ContentRule rule,
            PendingCommits pendingCommits) {
        this.element = element;
        this.rule = rule;
        this.pendingCommits = pendingCommits;
        this.completion = completion;
        newer = new NewerRevision(element);
        this.models = models;
        form = models.canonicalForm();
        validator = new ConstraintValidator(models);
        xml = new CanonicalXml(models);
        defaults = new Defaults(models);
        defaultLines = new DefaultLines(models);
        candidate = new Candidate(models);
    }

    /// What a read of all of `name` shows, in canonical form, without secrets. What `mode` takes away or marks
    /// is still there: [Defaults].
    public String read(Name name, DefaultsMode mode) throws RpcException {
        return read(name, mode, ReadScope.ALL);
    }

    /// The same of a part.
    ///
    /// @param scope where nodes are wanted; of those that nobody set more may be told
    public synchronized String read(Name name, DefaultsMode mode, ReadScope scope) throws RpcException {
        if (scope.equals(ReadScope.ALL) || mode.addsDefaults()) {
            Shown shown = show(name, mode);
            return shown.configured() + shown.defaults();
        }
        if (name == Name.CANDIDATE) {
            follow();
        }
        ContainerNode root = name == Name.RUNNING ? tree(element.snapshot().content()) : candidate.root();
        return form.content(root, scope).configuration();
    }

    /// What a read shows, in canonical form, without secrets.
    ///
    /// @param configured what was set
    /// @param defaults leaves that nobody set and whose default value is in use; none if nobody wants
    ///     to see them
    public record Shown(String configured, String defaults) {}

    /// The same in its parts.
    public synchronized Shown show(Name name, DefaultsMode mode) throws RpcException {
        if (name == Name.CANDIDATE) {
            follow();
        }
        Content content = name == Name.RUNNING ? element.snapshot().content() : content();
        return new Shown(content.configuration(), mode.addsDefaults() ? defaultLines.of(tree(content)) : "");
    }

    /// Edits the candidate.
    public synchronized void edit(Editor editor, Edit edit) throws RpcException {
        demandCandidate(editor.session());
        follow();
        if (edit.validate() || !edit.apply()) {
            Element copy = (Element) edit.config().cloneNode(true);
            validateAll(candidate.preview(copy, edit.standard(), editor.guard()));
        }
        if (edit.apply()) {
            candidate.edit(edit.config(), edit.standard(), edit.onError(), editor.guard());
        }
    }

    /// Whether a datastore is valid.
    ///
    /// @throws RpcException with every violation
    public synchronized void validate(Name name) throws RpcException {
        follow();
        validateAll(
                name == Name.CANDIDATE
                        ? candidate.root()
                        : tree(element.snapshot().content()));
    }

    /// Whether a configuration given in a request is valid.
    public synchronized void validate(Element config) throws RpcException {
        Candidate trial = candidate.another();
        trial.edit(config, EditOperation.MERGE, OnError.REFUSE_ALL, ChangeGuard.NONE);
        validateAll(trial.root());
    }

    /// Makes the candidate equal to running.
    public synchronized void discard(long session) throws RpcException {
        demandCandidate(session);
        restart(element.snapshot());
    }

    /// Makes the candidate hold what a read of running shows in this mode, with its secrets.
    public synchronized void copyRunning(Editor editor, DefaultsMode mode) throws RpcException {
        discard(editor.session());
        if (mode != DefaultsMode.EXPLICIT) {
            Element config = Xml.root(Xml.BASE, "config");
            try {
                xml.append(config, read(Name.RUNNING, mode));
            } catch (CanonicalFormException e) {
                throw broken(e);
            }
            defaults.show(config, mode);
            candidate.edit(config, EditOperation.REPLACE, OnError.REFUSE_ALL, editor.guard());
        }
    }

    /// Makes the candidate hold a configuration given in a request, and the secrets that it does not mention.
    public synchronized void copy(Editor editor, Element config) throws RpcException {
        edit(editor, new Edit(config, EditOperation.REPLACE, false, true, OnError.REFUSE_ALL));
    }

    /// Makes the candidate hold an older content, with the members of running.
    public synchronized void load(Editor editor, Content older) throws RpcException {
        demandCandidate(editor.session());
        ElementSnapshot now = element.snapshot();
        ContainerNode running = tree(now.content());
        try {
            ContainerNode wanted = tree(MemberEntries.kept(older, form.content(running)));
            demand(editor.guard(), running, wanted);
            restart(now);
            candidate.load(wanted);
        } catch (CanonicalFormException e) {
            throw broken(e);
        }
    }

    /// Locks a datastore for a session.
    public synchronized void lock(Name name, Lock lock) throws RpcException {
        follow();
        if (name == Name.CANDIDATE && locks.holder(name).isEmpty() && modified()) {
            throw new RpcException(Locks.denied(
                    "the candidate has changes that are not committed; commit them or discard-changes", 0));
        }
        if (name == Name.RUNNING) {
            pendingCommits.demandLock(lock.session());
        }
        locks.lock(name, lock);
        tellElement(name);
    }

    /// Refuses what would change running by an rpc of `session`, if another session holds the lock of running.
    public synchronized void demandRunning(long session) throws RpcException {
        locks.demand(Name.RUNNING, session);
    }

    /// The cluster changes running too when a device joins by itself: the element waits with that while it is locked.
    private synchronized void tellElement(Name changed) {
        if (changed != Name.RUNNING) {
            return;
        }
        String holder = locks.holder(Name.RUNNING)
                .map(lock -> "session " + lock.session() + " of user " + lock.user())
                .orElse("");
        var _ = element.submit(id -> new Request.RunningLock(id, holder)).thenAccept(answer -> {
            if (answer.outcome() == Answer.Outcome.REFUSED) {
                // Too many requests wait.
                LATER.execute(() -> tellElement(changed));
            }
        });
    }

    /// Gives a lock back.
    public synchronized void unlock(Name name, long session) throws RpcException {
        locks.unlock(name, session);
        tellElement(name);
    }

    /// Who holds the lock of `name`.
    public synchronized Optional<Lock> holder(Name name) {
        return locks.holder(name);
    }

    /// Gives back what `session` held; the changes of a candidate that it had locked are dropped (RFC 6241 §8.3.5.2).
    public synchronized void sessionClosed(long session) {
        boolean drop = locks.held(Name.CANDIDATE, session) && !committing;
        boolean runningFree = locks.held(Name.RUNNING, session);
        locks.release(session);
        if (runningFree) {
            tellElement(Name.RUNNING);
        }
        if (drop) {
            try {
                restart(element.snapshot());
            } catch (RpcException e) {
                throw new IllegalStateException("running does not fit the schema", e);
            }
        }
    }

    /// Commits the candidate. Waits for the element's answer without holding up other sessions' reads.
    ///
    /// @param wantedId the client's commit id, or empty to have one made
    /// @param author who commits, for the history
    /// @param confirmation whether it has to be confirmed, and what it confirms
    public void commit(Editor editor, String wantedId, Author author, Confirmation confirmation) throws RpcException {
        String commitId = wantedId.isEmpty() ? UUID.randomUUID().toString() : wantedId;
        for (int tries = 1; ; tries++) {
            long from = element.snapshot().revision();
            Optional<CompletableFuture<Answer>> pending = submit(editor, commitId, author, confirmation);
            if (pending.isEmpty()) {
                return;
            }
            Answer answer;
            try {
                answer = pending.get().join();
            } finally {
                committed();
            }
            boolean overtaken = answer.outcome() == Answer.Outcome.STALE_BASE && tries < TRIES_MAX;
            if (!overtaken || !newer.await(from)) {
                end(answer, commitId);
                return;
            }
        }
    }

    private synchronized void end(Answer answer, String commitId) throws RpcException {
        if (answer.outcome() != Answer.Outcome.OK) {
            follow();
            throw new RpcException(ElementAnswer.error(answer, commitId));
        }
        restart(element.snapshot());
    }

    private synchronized void committed() {
        committing = false;
    }

    private synchronized Optional<CompletableFuture<Answer>> submit(
            Editor editor, String commitId, Author author, Confirmation confirmation) throws RpcException {
        locks.demand(Name.RUNNING, editor.session());
        demandNoCommit();
        follow();
        Optional<PendingCommit> waiting = pendingCommits.demandCommit(confirmation, editor.session(), base.revision());
        // Who only confirms takes nothing out of the candidate.
        if (waiting.isEmpty() || modified()) {
            locks.demand(Name.CANDIDATE, editor.session());
        }
        takeOver(element.snapshot());
        if (!conflict.isEmpty()) {
            throw new RpcException(RpcError.application(
                    "operation-failed",
                    "stale-base",
                    "",
                    "running has changed since the candidate was made, and both changed " + conflict
                            + "; discard-changes, and make the edit again"));
        }
        if (!modified() && waiting.isEmpty() && !confirmation.confirmed()) {
            return Optional.empty();
        }
        demand(editor.guard(), tree(base.content()), candidate.root());
        validateAll(candidate.root());
        long revision = base.revision();
        String more = confirmation.confirmed()
                ? pendingCommits
                        .next(waiting, revision, confirmation, author.user(), editor.session())
                        .lines()
                : "";
        Content content = complete(PendingCommit.without(content()), more);
        if (confirmation.confirmed()) {
            pendingCommits.demandUndoable(content);
        }
        committing = true;
        return Optional.of(element.submit(id -> new Request.Commit(id, commitId, revision, content, author)));
    }

    private void demand(ChangeGuard guard, ContainerNode before, ContainerNode after) throws RpcException {
        if (!guard.equals(ChangeGuard.NONE)) {
            new TreeChanges(models, guard).check(before, after);
        }
    }

    /// @param more secrets that the content gets
    private Content complete(Content content, String more) throws RpcException {
        String missing = completion.apply(content) + more;
        if (missing.isEmpty()) {
            return content;
        }
        return form.content(tree(new Content(content.configuration(), content.secrets() + missing)));
    }

    private void demandCandidate(long session) throws RpcException {
        locks.demand(Name.CANDIDATE, session);
        demandNoCommit();
    }

    private void demandNoCommit() throws RpcException {
        if (committing) {
            throw new RpcException(RpcError.protocol("in-use", "a commit is under way; try again when it is done"));
        }
    }

    private boolean modified() {
        return !content().equals(base.content());
    }

    private Content content() {
        return form.content(candidate.root());
    }

    /// Lets the candidate follow running.
    private void follow() throws RpcException {
        ElementSnapshot now = element.snapshot();
        if (committing || (now.revision() == base.revision() && now.content().equals(base.given()))) {
            return;
        }
        if (!modified()) {
            restart(now);
        } else if (locks.holder(Name.CANDIDATE).isEmpty()) {
            takeOver(now);
        }
    }

    /// Puts the changes of the candidate upon a newer running.
    private void takeOver(ElementSnapshot now) throws RpcException {
        if (now.revision() == base.revision() && now.content().equals(base.given())) {
            return;
        }
        try {
            Content running = form.content(tree(now.content()));
            ThreeWayMerge merge = ThreeWayMerge.of(base.content(), content(), running);
            conflict = merge.conflict();
            if (conflict.isEmpty()) {
                candidate.load(tree(merge.content()));
                base = new Base(now.revision(), now.content(), running);
            }
        } catch (CanonicalFormException e) {
            throw broken(e);
        }
    }

    private void restart(ElementSnapshot now) throws RpcException {
        candidate.load(tree(now.content()));
        base = new Base(now.revision(), now.content(), content());
        conflict = "";
        if (now.content().characters() == 0) {
            validator.forget();
        }
    }

    private ContainerNode tree(Content content) throws RpcException {
        try {
            return form.tree(content);
        } catch (CanonicalFormException e) {
            throw broken(e);
        }
    }

    private static RpcException broken(CanonicalFormException e) {
        return new RpcException(RpcError.application(
                "operation-failed",
                "schema-mismatch",
                "",
                "the configuration of the cluster does not fit the schema of this version: " + e.getMessage()));
    }

    private void validateAll(ContainerNode root) throws RpcException {
        Content content = form.content(root);
        if (content.characters() > CHARACTERS_MAX) {
            throw new RpcException(RpcError.application(
                    "too-big",
                    "configuration-too-large",
                    "",
                    "in canonical form this configuration has " + content.characters()
                            + " characters, and devices take " + CHARACTERS_MAX
                            + " at most: take out what is not needed"));
        }
        check(validator.validate(root));
        check(rule.faults(content));
    }

    private static void check(List<RpcError> errors) throws RpcException {
        if (!errors.isEmpty()) {
            throw new RpcException(errors);
        }
    }
}
