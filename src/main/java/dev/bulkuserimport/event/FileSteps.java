package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.file.Decisions;
import dev.bulkuserimport.file.FileImport;
import dev.bulkuserimport.file.StateRebuild;
import dev.bulkuserimport.file.StepError;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.Ruling;
import dev.bulkuserimport.s3.ObjectVersion;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The steps of a file's import, which the state machine calls one after the other. */
@Singleton
class FileSteps {

    private static final String IMPORT_ID = "importId";

    private static final String NUMBER = "number";

    /** Characters of who decides. */
    private static final int LONGEST_NAME = 256;

    /** Characters of why. */
    private static final int LONGEST_COMMENT = 1_000;

    private final Instance<FileImport> files;
    private final Instance<StateRebuild> states;
    private final Instance<Decisions> decisions;

    FileSteps(Instance<FileImport> files, Instance<StateRebuild> states, Instance<Decisions> decisions) {
        this.decisions = decisions;
        this.files = files;
        this.states = states;
    }

    Map<String, Object> plan(Arguments arguments, Deadline deadline) {
        ObjectVersion object = object(arguments);
        return (mayWait(arguments)
                        ? files.get().planOrWait(object, deadline)
                        : files.get().planFile(object, deadline))
                .members();
    }

    /** Whether the caller takes a time to wait as its answer where other files go first or Okta doesn't take the session yet. */
    private static boolean mayWait(Arguments arguments) {
        return arguments.text("mayWait").filter("true"::equals).isPresent();
    }

    Map<String, Object> importSession(Arguments arguments, Deadline deadline) {
        ImportId importId = importId(arguments);
        int number = arguments.number(NUMBER);
        return (mayWait(arguments)
                        ? files.get().importOrWait(importId, number, deadline)
                        : files.get().importSession(importId, number, deadline))
                .members();
    }

    Map<String, Object> followSession(Arguments arguments, Deadline deadline) {
        return files.get()
                .followSession(importId(arguments), arguments.number(NUMBER), deadline)
                .members();
    }

    /** Closes the import with an ID or, if planning never assigned one, the import of an object. */
    Map<String, Object> finish(Arguments arguments, Deadline deadline) {
        Optional<StepError> error =
                arguments.text("error").map(name -> new StepError(name, FunctionError.typeOf(name)));
        boolean planned =
                arguments.text(IMPORT_ID).isPresent() || arguments.text("key").isEmpty();
        return (planned
                        ? files.get().finishFile(importId(arguments), error, deadline)
                        : files.get().finishFile(object(arguments), error, deadline))
                .members();
    }

    /** Rebuilds an application's state: from a given snapshot, or from Okta's application users. */
    Map<String, Object> rebuildState(Arguments arguments, Deadline deadline) {
        String app = arguments.applicationId();
        return (arguments.text("key").isPresent()
                        ? states.get().fromSnapshot(app, object(arguments), deadline)
                        : states.get().fromOkta(app, arguments.text("bucket"), deadline))
                .members();
    }

    Map<String, Object> awaitDecision(Arguments arguments, Deadline deadline) {
        return decisions.get().await(importId(arguments), deadline);
    }

    /** @param principal who decides, as AWS has authenticated them; empty where only the decision itself says so */
    Map<String, Object> decide(Arguments arguments, Optional<String> principal, Deadline deadline) {
        Ruling.Choice choice = Ruling.Choice.of(arguments.required("decision"))
                .orElseThrow(() -> Arguments.invalid("decision", "must be approve or reject"));
        Ruling ruling = new Ruling(
                choice,
                Instant.now(),
                principal.or(() -> line("by", LONGEST_NAME, arguments)),
                principal.isPresent(),
                line("comment", LONGEST_COMMENT, arguments));
        return decisions.get().decide(importId(arguments), arguments.required("plan"), ruling, deadline);
    }

    private static Optional<String> line(String name, int longest, Arguments arguments) {
        Optional<String> text = arguments.text(name).map(String::strip);
        if (text.filter(given -> given.length() > longest).isPresent()) {
            throw Arguments.invalid(name, "has more than " + longest + " characters");
        }
        return text;
    }

    private static ObjectVersion object(Arguments arguments) {
        return new ObjectVersion(
                arguments.required("bucket"),
                arguments.required("key"),
                arguments.text("versionId"),
                arguments.text("eTag"),
                arguments.text("sequencer"));
    }

    /** @throws ProblemException {@code invalid-request} for an invalid import ID */
    private static ImportId importId(Arguments arguments) {
        return ImportId.parse(arguments.required(IMPORT_ID))
                .orElseThrow(() -> Arguments.invalid(IMPORT_ID, "is not an ID that planFile returned"));
    }
}
