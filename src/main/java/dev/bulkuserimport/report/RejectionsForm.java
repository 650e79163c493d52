package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;

/** The report's members about invalid records. */
final class RejectionsForm {

    private static final String LINE = "line";

    private RejectionsForm() {}

    static Rejections rejections(Form<Rejections> form) {
        return new Rejections(
                form.number("rejectedCount", Rejections::records),
                form.number("errorCount", Rejections::errorCount),
                form.list("rejected", Rejections::errors, RejectionsForm::error),
                form.list("errorKinds", Rejections::kinds, RejectionsForm::kind),
                form.said(
                        Rejections::byLine,
                        json -> json.path("rejected").path(0).has(LINE)));
    }

    private static RecordError error(Form<RecordError> form) {
        return new RecordError(
                form.number("index", RecordError::index),
                form.positive(LINE, RecordError::line),
                form.orNull("externalId", RecordError::externalId),
                form.orNull("field", RecordError::field),
                form.text("message", RecordError::message));
    }

    private static ErrorKind kind(Form<ErrorKind> form) {
        return new ErrorKind(
                form.orNull("field", ErrorKind::field),
                form.text("message", ErrorKind::message),
                form.number("count", ErrorKind::count),
                form.elements("places", ErrorKind::places, place -> place, JsonNode::asLong));
    }
}
