package dev.bulkuserimport.event;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.Payload;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The function: accepts any event, has it processed, and answers in the format that the event's sender expects. */
@Named("import")
public class ImportFunction implements RequestStreamHandler {

    /**
     * The most bytes of an event that are read. Lambda's own limit is 6 MB (20 MB when the event is streamed); a larger event is hostile,
     * or one of our tests.
     */
    static final int MAX_EVENT_BYTES = 20 * 1024 * 1024;

    /** For a runtime without a limit, such as a local event server. */
    private static final Duration UNKNOWN_TIME = Duration.ofSeconds(60);

    /** Lambda's longest timeout. Source: "Lambda quotas" in the developer guide. */
    private static final Duration LONGEST_TIME = Duration.ofMinutes(15);

    private final PayloadImport imports;
    private final Instance<CardOperation> operations;
    private final Instance<HttpTrigger> http;
    private final Instance<StorageTrigger> storage;
    private final Instance<OnceOnly> once;
    private final Instance<OktaConnection> okta;
    private final Instance<OfferedActions> offered;
    private boolean prepared;

    ImportFunction(
            PayloadImport imports,
            Instance<CardOperation> operations,
            Instance<HttpTrigger> http,
            Instance<StorageTrigger> storage,
            Instance<OnceOnly> once,
            Instance<OktaConnection> okta,
            Instance<OfferedActions> offered) {
        this.offered = offered;
        this.imports = imports;
        this.operations = operations;
        this.http = http;
        this.storage = storage;
        this.once = once;
        this.okta = okta;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        Invocation invocation = new Invocation();
        prepareOkta();
        try {
            Deadline deadline = Deadline.toAnswerWithin(left(Optional.ofNullable(context)));
            output.write(invocation.answer(input, deadline));
        } catch (IOException | RuntimeException | Error e) {
            invocation.release();
            ErrorEdge edge = new ErrorEdge(Optional.ofNullable(context).map(Context::getAwsRequestId));
            Problem problem = edge.problem(e);
            edge.endAfterFatal(e, problem, invocation.overHttp);
            if (!invocation.overHttp) {
                throw FunctionError.of(problem);
            }
            output.write(HttpAnswer.problem(problem).event());
        } finally {
            invocation.release();
        }
    }

    /** The time left according to the runtime; {@link #UNKNOWN_TIME} if it reports none, or more than Lambda allows. */
    private static Duration left(Optional<Context> context) {
        Duration left =
                Duration.ofMillis(context.map(Context::getRemainingTimeInMillis).orElse(0));
        return left.isNegative() || left.isZero() || left.compareTo(LONGEST_TIME) > 0 ? UNKNOWN_TIME : left;
    }

    /** Builds the Okta client while the first event is read and checked, so that neither the start nor the first call waits for it. */
    private synchronized void prepareOkta() {
        if (!prepared) {
            prepared = true;
            // Any failure will occur again in the call that needs the client.
            CompletableFuture.runAsync(() -> okta.get().prepare(), task -> {
                Thread thread = new Thread(task, "okta-client");
                thread.setDaemon(true);
                thread.start();
            });
        }
    }

    /** One invocation, with what must be known about it if it fails. */
    private final class Invocation {
        private Optional<ByteChunks> bytes = Optional.empty();
        private boolean overHttp;

        byte[] answer(InputStream input, Deadline deadline) throws IOException {
            Event classified = tell(input);
            overHttp = classified instanceof Event.Http;
            return bytes.orElseThrow().size() > MAX_EVENT_BYTES
                    ? tooLarge(classified, deadline)
                    : ImportFunction.this.answer(classified, deadline);
        }

        private Event tell(InputStream input) throws IOException {
            try {
                ByteChunks event = ByteChunks.read(input, MAX_EVENT_BYTES + 1);
                bytes = Optional.of(event);
                return EventReader.read(event);
            } catch (IOException | RuntimeException | Error e) {
                imports.crashed();
                throw e;
            }
        }

        void release() {
            bytes.ifPresent(ByteChunks::release);
            bytes = Optional.empty();
        }
    }

    private byte[] directImport(Event.DirectImport direct, Deadline deadline) {
        Supplier<byte[]> work =
                () -> JsonOutput.bytes(imports.run(direct::payload, deadline).members());
        return direct.keyed() ? once.get().direct(direct.event(), work, deadline) : work.get();
    }

    private void requireOffered(Event event) {
        try {
            offered.get()
                    .require(
                            event instanceof Event.DirectAction named ? Optional.of(named.action()) : Optional.empty());
        } catch (ProblemException e) {
            if (event instanceof Event.DirectImport) {
                imports.note(e.problem());
            }
            throw e;
        }
    }

    private byte[] answer(Event event, Deadline deadline) {
        if (!(event instanceof Event.Http)) {
            requireOffered(event);
        }
        if (event instanceof Event.DirectImport direct) {
            return directImport(direct, deadline);
        }
        if (event instanceof Event.Http request) {
            return http.get().answer(request.request(), deadline).event();
        }
        if (event instanceof Event.DirectAction action) {
            Payload payload = new DirectPayload(action.event(), false);
            return action.action().readsBody()
                    ? operations.get().run(action.action(), payload, Optional.empty(), deadline)
                    : operations.get().run(action.action(), Arguments.read(payload), deadline);
        }
        if (event instanceof Event.UnknownAction) {
            throw Arguments.invalid(
                    "action",
                    "must be one of "
                            + Arrays.stream(Action.values()).map(Action::id).collect(Collectors.joining(", ")));
        }
        if (event instanceof Event.Storage notifications) {
            return JsonOutput.bytes(storage.get().answer(notifications, deadline));
        }
        if (event instanceof Event.Unread unread) {
            imports.refuse(Problem.invalidRequest("event", unread.why()));
        }
        return JsonOutput.bytes(Map.of());
    }

    private byte[] tooLarge(Event event, Deadline deadline) {
        if (event instanceof Event.Http request) {
            return http.get().tooLarge(request.request(), deadline).event();
        }
        Problem problem = Problem.of(
                ProblemType.MALFORMED_PAYLOAD,
                "The event has more than " + MAX_EVENT_BYTES + " bytes; Lambda accepts 6 MB. Nothing was sent.");
        if (event instanceof Event.DirectImport) {
            imports.refuse(problem);
        }
        throw problem.exception();
    }
}
