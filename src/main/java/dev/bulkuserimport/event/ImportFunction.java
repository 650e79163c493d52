package dev.bulkuserimport.event;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jboss.logging.Logger;

/** The function: takes whatever event comes, has it done, and answers in the form that the event's sender expects. */
@Named("import")
public class ImportFunction implements RequestStreamHandler {

    /**
     * Bytes of an event that are read. Lambda's own limit is 6 MB (20 MB when the event is streamed); what is larger is hostile, or a test
     * of ours.
     */
    static final int MAX_EVENT_BYTES = 20 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(ImportFunction.class);

    private final PayloadImport imports;
    private final Instance<CardOperation> operations;
    private final Instance<HttpTrigger> http;
    private final Instance<StorageTrigger> storage;

    ImportFunction(
            PayloadImport imports,
            Instance<CardOperation> operations,
            Instance<HttpTrigger> http,
            Instance<StorageTrigger> storage) {
        this.imports = imports;
        this.operations = operations;
        this.http = http;
        this.storage = storage;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Deadline deadline = Deadline.ofRemaining(context == null ? 0 : context.getRemainingTimeInMillis());
        ByteChunks event = ByteChunks.read(input, MAX_EVENT_BYTES + 1);
        Event told = EventReader.read(event);
        boolean tooLarge = event.size() > MAX_EVENT_BYTES;
        try {
            output.write(tooLarge ? tooLarge(told) : answer(told, deadline));
        } catch (ProblemException e) {
            throw FunctionError.of(e.problem());
        } catch (RuntimeException e) {
            Problem problem = internalError(e, context);
            if (!(told instanceof Event.Http)) {
                throw FunctionError.of(problem);
            }
            output.write(HttpAnswer.problem(problem).event());
        } finally {
            event.release();
        }
    }

    private byte[] answer(Event event, Deadline deadline) {
        if (event instanceof Event.DirectImport direct) {
            return JsonOutput.bytes(imports.run(json -> json.createParser(direct.payload().stream()), deadline)
                    .members());
        }
        if (event instanceof Event.Http request) {
            return http.get().answer(request.request(), deadline).event();
        }
        if (event instanceof Event.DirectAction action) {
            return JsonOutput.bytes(operations.get().run(action.action(), action.arguments(), deadline));
        }
        if (event instanceof Event.Storage notifications) {
            return JsonOutput.bytes(storage.get().answer(notifications, deadline));
        }
        return JsonOutput.bytes(Map.of());
    }

    private static byte[] tooLarge(Event event) {
        if (event instanceof Event.Http) {
            return HttpTrigger.tooLarge().event();
        }
        throw Problem.of(
                        ProblemType.MALFORMED_PAYLOAD,
                        "The event has more than " + MAX_EVENT_BYTES + " bytes; Lambda takes 6 MB. Nothing was sent.")
                .exception();
    }

    /** A bug of ours: the log gets where it happened, but no message, which could quote a user's data; the caller gets neither. */
    private static Problem internalError(RuntimeException bug, Context context) {
        String requestId = context == null ? null : context.getAwsRequestId();
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
            trace.append('\n').append(cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                trace.append("\n    at ").append(frame);
            }
        }
        LOG.errorf("internal-error requestId=%s%s", requestId, trace);
        return Problem.of(
                        ProblemType.INTERNAL_ERROR,
                        "The function has a fault of its own. Its log says more under this request id.")
                .with("requestId", requestId);
    }
}
