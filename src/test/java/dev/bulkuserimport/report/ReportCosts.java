package dev.bulkuserimport.report;

import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.support.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What of a report can become long: it is written, read again and made a page. */
public final class ReportCosts implements Supplier<List<Input>> {

    private final List<Input> inputs = new ArrayList<>();

    @Override
    public List<Input> get() {
        report(
                "errors",
                500,
                n -> rejecting(
                        IntStream.range(0, n)
                                .mapToObj(i -> new RecordError(
                                        i, i + 2, Optional.of("E-" + i), Optional.of("email"), "is none"))
                                .toList(),
                        List.of()));
        report(
                "kinds of error",
                200,
                n -> rejecting(
                        List.of(),
                        IntStream.range(0, n)
                                .mapToObj(i -> new ErrorKind(Optional.of("p" + i), "is none", 1, List.of(2L)))
                                .toList()));
        report("sessions", 100, n -> ReportFormTest.whole()
                .withSessions(IntStream.range(0, n)
                        .mapToObj(i -> Sessions.planned(i + 1, 6, 1, 1, 2, 9)
                                .with(new SessionLife.Done(
                                        "aps" + i,
                                        ReportFormTest.NOON,
                                        "COMPLETED",
                                        6,
                                        ReportFormTest.NOON.plusSeconds(9))))
                        .toList()));
        report("characters of a note", 5_000, n -> ReportFormTest.whole().noting("<&\"".repeat(n)));
        return inputs;
    }

    private static FileReport rejecting(List<RecordError> errors, List<ErrorKind> kinds) {
        FileReport whole = ReportFormTest.whole();
        return whole.withKnown(whole.known()
                .read(
                        new ReadFile(Optional.empty(), false, 12, 0, 10, 1, 1, 3, 0, 0, FileNotes.NONE),
                        new Rejections(errors.size(), 0, 0, errors.size(), errors, kinds, true)));
    }

    private void report(String name, int smallest, IntFunction<FileReport> made) {
        inputs.add(new Input("report: " + name, smallest, n -> {
            byte[] json = ReportForm.json(made.apply(n));
            ReportPlace place = ReportPlace.of(ReportFormTest.SOURCE, "hr");
            return new Sized(json.length, () -> {
                FileReport report = ReportForm.read(json, ReportFormTest.ID, ReportFormTest.SOURCE)
                        .orElseThrow();
                ReportForm.json(report);
                return ReportPage.of(report, place, place.beside(".html").key());
            });
        }));
    }
}
