package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report's JSON document, {@code infra/report.schema.json}: each member is named here once, for both writing and reading. */
public final class ReportForm {

    /** The format version. Version 1 didn't have this member, and had different ones for its session. */
    private static final int VERSION = 2;

    /** Members that more than one part of the report uses. */
    static final String SESSION_ID = "sessionId";

    private static final String MANAGED_SESSION = "managedSession";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportForm() {}

    /** The document. */
    public static byte[] json(FileReport report) {
        return JsonOutput.bytes(Form.write(report, form -> report(form, report.importId(), report.source())));
    }

    /**
     * Reads a document.
     *
     * @param importId the import's ID
     * @param source the object version
     * @return empty for anything that isn't a report
     */
    public static Optional<FileReport> read(byte[] body, ImportId importId, ObjectVersion source) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null
                    ? Optional.empty()
                    : Optional.of(Form.read(json, form -> report(form, importId, source)));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static FileReport report(Form<FileReport> form, ImportId importId, ObjectVersion source) {
        form.derived("reportVersion", report -> Optional.of(VERSION));
        FileState state = form.member(
                        "state",
                        report -> Optional.of(report.state()),
                        FileState::name,
                        json -> FileState.valueOf(json.asText()))
                .orElseThrow(IllegalArgumentException::new);
        form.derived("importId", report -> Optional.of(importId.toString()));
        form.object("source", report -> Optional.of(source), ReportForm::source);
        Instant startedAt = form.moment("startedAt", report -> Optional.of(report.startedAt()))
                .orElse(Instant.EPOCH);
        Hold hold = form.part(FileReport::hold, ReportForm::hold);
        Known known = form.part(FileReport::known, ReportForm::known);
        form.derived(SESSION_ID, FileReport::onlySession);
        form.derived(MANAGED_SESSION, report -> report.onlySession()
                .map(id -> report.callerSession().isEmpty()));
        form.derived("requests", report -> Optional.of(report.requests()));
        form.derived("recordsImported", report -> Optional.of(report.recordsImported()));
        groupsImported(form);
        Effort effort = form.object("effort", report -> Optional.of(report.effort()), ReportForm::effort)
                .orElse(Effort.NONE);
        form.derived(
                "answer",
                report -> report.state() == FileState.COMPLETED ? Optional.of(answer(report)) : Optional.empty());
        return new FileReport(
                importId,
                source,
                startedAt,
                state,
                hold,
                known,
                form.list("sessions", FileReport::sessions, SessionForm::session),
                effort,
                form.part(FileReport::ending, ReportForm::ending),
                form.part(FileReport::beside, ReportForm::beside),
                form.texts("notes", FileReport::notes));
    }

    private static ObjectVersion source(Form<ObjectVersion> form) {
        return new ObjectVersion(
                form.text("bucket", ObjectVersion::bucket),
                form.text("key", ObjectVersion::key),
                form.maybe("versionId", ObjectVersion::versionId),
                form.maybe("eTag", ObjectVersion::eTag),
                form.maybe("sequencer", ObjectVersion::sequencer));
    }

    private static Hold hold(Form<Hold> form) {
        return new Hold(
                form.flag("stateMachine", Hold::stepped),
                form.number("attempts", Hold::attempts),
                form.maybe("attempt", Hold::attempt),
                form.moment("expiresAt", Hold::expiresAt));
    }

    private static Known known(Form<Known> form) {
        return new Known(
                form.moment("putAt", Known::putAt),
                form.maybe("applicationId", Known::application),
                form.member(
                        "importOperation",
                        Known::operation,
                        ImportOperation::name,
                        json -> ImportOperation.valueOf(json.asText())),
                form.maybe("mapping", Known::mapping),
                form.part("records", Known::file, ReportForm::file),
                form.part(Known::rejections, RejectionsForm::rejections),
                form.part(ComparedForm.STATE_UPDATE, Known::compared, ComparedForm::compared),
                Optional.empty(),
                form.object("decision", Known::review, ReviewForm::review));
    }

    private static ReadFile file(Form<ReadFile> form) {
        return new ReadFile(
                form.said(
                        ReadFile::callerSession,
                        json -> json.path(MANAGED_SESSION).asBoolean(true)
                                ? Optional.empty()
                                : Optional.ofNullable(json.path(SESSION_ID).textValue())),
                form.flag("dryRun", ReadFile::dryRun),
                form.number("records", ReadFile::records),
                (int) form.positive("groupRecords", read -> (long) read.beside()),
                form.number("users", ReadFile::users),
                form.number("deactivations", ReadFile::deactivations),
                form.number("skipped", ReadFile::skipped),
                form.number("unchanged", ReadFile::unchanged),
                (int) form.positive("groups", read -> (long) read.groups()),
                (int) form.positive("memberships", read -> (long) read.memberships()),
                form.part(ReadFile::notes, ReportForm::notes));
    }

    private static FileNotes notes(Form<FileNotes> form) {
        form.derived(
                "ignoredColumnsCount",
                notes -> Optional.of(notes.ignoredColumns().size()).filter(count -> count > FileNotes.LISTED_COLUMNS));
        return new FileNotes(
                form.member("columnsChecked", FileNotes::columnsChecked, checked -> checked, JsonNode::asBoolean),
                form.maybe("columnsCheckedBecause", FileNotes::whyUnchecked),
                form.positive("trimmedCells", FileNotes::trimmedCells),
                form.some("ignoredColumns", FileNotes::listedColumns),
                form.maybe("separator", FileNotes::separator),
                form.maybe("encoding", FileNotes::encoding),
                form.maybe("sheet", FileNotes::sheet),
                // They are in the report's own notes.
                List.of());
    }

    /** The members next to {@code recordsImported} for an import with more than users. */
    private static void groupsImported(Form<FileReport> form) {
        form.derived(
                "groupsImported", report -> Optional.of(report.groupsImported()).filter(any -> report.hasGroups()));
        form.derived("membershipsImported", report -> Optional.of(report.membershipsImported())
                .filter(any -> report.hasGroups()));
    }

    private static Effort effort(Form<Effort> form) {
        return new Effort(
                form.number("requests", Effort::requests),
                form.number("retries", Effort::retries),
                form.number("throttles", Effort::throttles),
                form.large("oktaMillis", Effort::oktaMillis));
    }

    private static Ending ending(Form<Ending> form) {
        return new Ending(
                form.moment("finishedAt", Ending::finishedAt),
                form.member("problem", Ending::problem, Problem::document, json -> Problem.read(Form.members(json))),
                form.member(
                        "supersededBy",
                        Ending::supersededBy,
                        Successor::name,
                        json -> Successor.valueOf(json.asText())),
                form.object("okta", Ending::okta, OktaForm::view));
    }

    private static Attachments beside(Form<Attachments> form) {
        return new Attachments(
                form.part("rejectedRows", Attachments::rejectedRows, ReportForm::rows),
                form.maybe("changes", Attachments::changes),
                form.maybe("page", Attachments::page));
    }

    private static Attachments.Rows rows(Form<Attachments.Rows> form) {
        return new Attachments.Rows(
                form.text("rejectedRows", Attachments.Rows::key),
                form.number("rejectedRowsCount", Attachments.Rows::count),
                (int) form.positive("rejectedRowsLeftOut", rows -> (long) rows.leftOut()));
    }

    /** The members that a successful import of a payload would also return. */
    private static Map<String, Object> answer(FileReport whole) {
        return Form.write(whole, form -> {
            form.derived("recordsImported", report -> Optional.of(report.recordsImported()));
            groupsImported(form);
            form.derived("applicationId", FileReport::application);
            if (whole.sessions().size() == 1 || whole.callerSession().isPresent()) {
                form.orNull(SESSION_ID, FileReport::onlySession);
            }
            form.derived("importOperation", report -> report.operation().map(ImportOperation::name));
            form.derived("requests", report -> Optional.of(report.requests()));
            whole.known().sizes().ifPresent(sizes -> {
                form.derived(
                        "plan",
                        report -> Optional.of(
                                sizes.listed().stream().map(ReportForm::size).toList()));
                form.derived("planCount", report -> sizes.leftOut() ? Optional.of(sizes.count()) : Optional.empty());
            });
            form.positive("rejectedCount", report -> (long) report.rejections().records());
            return whole;
        });
    }

    private static Map<String, Object> size(RequestSizes.Size size) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("session", size.session());
        if (size.isMixed()) {
            members.put("kind", size.kind().label());
        }
        members.put(size.kind().label(), size.count());
        members.put("bytes", size.bytes());
        return members;
    }
}
