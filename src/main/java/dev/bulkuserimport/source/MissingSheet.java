package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import java.util.List;

/** The refusal of a workbook without the sheet that a mapping names. */
final class MissingSheet {

    private static final int LISTED = 20;

    private MissingSheet() {}

    /** @param sheets the names of its sheets */
    static ProblemException of(List<String> sheets) {
        String names = String.join(
                ", ", sheets.stream().limit(LISTED).map(ColumnNames::shown).toList());
        return Problem.invalidRequest(
                        "mapping.file.sheet", "names a sheet that the workbook doesn't have; its sheets are " + names)
                .exception();
    }
}
