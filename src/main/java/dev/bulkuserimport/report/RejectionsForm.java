package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.Optional;
import java.util.function.Function;

/** The report's members about invalid records. */
final class RejectionsForm {

    private static final String LINE = "line";

    private RejectionsForm() {}

    static Rejections rejections(Form<Rejections> form) {
        return new Rejections(
                form.number("rejectedCount", Rejections::records),
                (int) form.positive("rejectedGroups", rejections -> (long) rejections.groups()),
                (int) form.positive("rejectedMemberships", rejections -> (long) rejections.memberships()),
                form.number("errorCount", Rejections::errorCount),
                form.list("rejected", Rejections::errors, RejectionsForm::error),
                form.list("errorKinds", Rejections::kinds, RejectionsForm::kind),
                form.said(
                        Rejections::byLine,
                        json -> json.path("rejected").path(0).has(LINE)));
    }

    private static RecordError error(Form<RecordError> form) {
        Optional<BulkOperation.Kind> kind = kindOfRecord(form, RecordError::kind);
        return new RecordError(
                form.number("index", RecordError::index),
                form.positive(LINE, RecordError::line),
                form.orNull("externalId", RecordError::externalId),
                form.orNull("field", RecordError::field),
                form.text("message", RecordError::message),
                kind);
    }

    private static ErrorKind kind(Form<ErrorKind> form) {
        Optional<BulkOperation.Kind> ofRecords = kindOfRecord(form, ErrorKind::kind);
        return new ErrorKind(
                form.orNull("field", ErrorKind::field),
                form.text("message", ErrorKind::message),
                form.number("count", ErrorKind::count),
                form.elements("places", ErrorKind::places, place -> place, JsonNode::asLong),
                ofRecords);
    }

    /** The kind of a record, in a file with more than users. */
    private static <T> Optional<BulkOperation.Kind> kindOfRecord(
            Form<T> form, Function<T, Optional<BulkOperation.Kind>> of) {
        return form.member("kind", of, BulkOperation.Kind::label, json -> BulkOperation.Kind.labelled(json.asText()));
    }
}
