package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.snapshot.SnapshotTerms.Waiver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Siblings of the nights in {@link NightsTest}, from the bytes of each night's file: what is right follows from the contract alone. */
@DisplayName("Night after night")
class NightSiblingsTest {

    private static final String MAPPING =
            "{'externalId':'Employee ID','profile':{'userName':{'from':'Work Email','lower':true},"
                    + "'email':{'from':'Work Email','lower':true},'department':'Dept'},"
                    + "'deactivate':{'when':'Status','is':['Terminated']},'skip':{'when':'Status','is':['Onboarding']}}";

    /** A person's row: {@code 7} is person 7 as usual; other columns as named. */
    private static String row(String id, String login, String department, String status) {
        return id + "," + login + "," + department + "," + status + "\n";
    }

    private static String person(int number) {
        return row(id(number), login(number), "Sales", "Active");
    }

    private static String leaver(int number) {
        return row(id(number), login(number), "Sales", "Terminated");
    }

    private static String id(int number) {
        return "%05d".formatted(number);
    }

    private static String login(int number) {
        return "u" + number + "@example.com";
    }

    private static String people(int from, int to) {
        return each(from, to, NightSiblingsTest::person);
    }

    private static String each(int from, int to, java.util.function.IntFunction<String> row) {
        StringBuilder rows = new StringBuilder();
        IntStream.rangeClosed(from, to).mapToObj(row).forEach(rows::append);
        return rows.toString();
    }

    /** The nights of one application. */
    private static final class Nights {
        private final KnownApplication application = new KnownApplication();
        private Optional<String> mapping = Optional.of(MAPPING.replace('\'', '"'));
        private String header = "Employee ID,Work Email,Dept,Status\n";

        Nights mapping(String text) {
            mapping = Optional.of(text.replace('\'', '"'));
            return this;
        }

        Nights unmapped(String ownHeader) {
            mapping = Optional.empty();
            header = ownHeader + "\n";
            return this;
        }

        Nights header(String columns) {
            header = columns + "\n";
            return this;
        }

        Nights with(UnaryOperator<KnownApplication> setting) {
            setting.apply(application);
            return this;
        }

        Night snapshot(String rows) {
            return file(ImportOperation.SNAPSHOT, "people.csv", (header + rows).getBytes(StandardCharsets.UTF_8));
        }

        Night update(String rows) {
            return file(
                    ImportOperation.CREATE_AND_UPDATE, "people.csv", (header + rows).getBytes(StandardCharsets.UTF_8));
        }

        Night delete(String rows) {
            return file(
                    ImportOperation.DEACTIVATE_AND_DELETE,
                    "people.csv",
                    (header + rows).getBytes(StandardCharsets.UTF_8));
        }

        Night file(ImportOperation operation, String name, byte[] content) {
            try {
                return new Night(Optional.of(application.file(operation, name, content, mapping)), Optional.empty());
            } catch (ProblemException e) {
                return new Night(Optional.empty(), Optional.of(e.problem()));
            }
        }
    }

    private record Night(Optional<KnownApplication.Result> result, Optional<Problem> thrown) {

        Optional<Problem> problem() {
            return result.map(KnownApplication.Result::outcome)
                    .filter(PlanOutcome.Refused.class::isInstance)
                    .map(refused -> ((PlanOutcome.Refused) refused).problem())
                    .or(() -> thrown);
        }

        Night refused(String type, String... says) {
            assertThat(problem()).as(toString()).isPresent();
            String said = problem().orElseThrow().type().slug() + " "
                    + problem().orElseThrow().document();
            assertThat(said).startsWith(type);
            for (String part : says) {
                assertThat(said).contains(part);
            }
            return this;
        }

        /** In, with counts such as {@code new=1 gone=2}; those that aren't named are 0, but for unchanged. */
        Night in(String counts) {
            assertThat(problem().map(problem -> problem.document().toString())).isEmpty();
            SnapshotCounts of = result.orElseThrow().counts();
            Map<String, Integer> all = Map.of(
                    "new", of.created(),
                    "changed", of.changed(),
                    "gone", of.gone(),
                    "missing", of.missing(),
                    "returned", of.returned(),
                    "deactivated", of.deactivated(),
                    "rejected", result.get().outcome().summary().rejections().records());
            List<String> wanted = new ArrayList<>(List.of(counts.split(" ")));
            wanted.removeIf(String::isEmpty);
            all.forEach((name, count) -> {
                String named = wanted.stream()
                        .filter(want -> want.startsWith(name + "="))
                        .findFirst()
                        .orElse(name + "=0");
                assertThat(name + "=" + count)
                        .as(all + " unchanged " + of.unchanged())
                        .isEqualTo(named);
            });
            return this;
        }

        Night unchanged(int count) {
            assertThat(result.orElseThrow().counts().unchanged()).isEqualTo(count);
            return this;
        }
    }

    private static DynamicTest nights(String name, Consumer<Nights> nights) {
        return DynamicTest.dynamicTest(name, () -> nights.accept(new Nights()));
    }

    @TestFactory
    @DisplayName("a login belongs to one person:")
    Stream<DynamicTest> logins() {
        return Stream.of(
                nights("three who hand their logins around are refused", n -> {
                    n.snapshot(people(1, 10));
                    n.snapshot(people(4, 10)
                                    + row(id(1), login(2), "Sales", "Active")
                                    + row(id(2), login(3), "Sales", "Active")
                                    + row(id(3), login(1), "Sales", "Active"))
                            .refused("invalid-users", "line=9", "line=10", "line=11");
                }),
                nights("a slipped column is refused in capitals, too", n -> {
                    n.snapshot(people(1, 20));
                    n.snapshot(each(1, 20, i -> row(id(i % 20 + 1), login(i).toUpperCase(), "Sales", "Active")))
                            .refused("invalid-users");
                }),
                nights("the login of one who gets another one by the same file is free", n -> {
                    n.snapshot(people(1, 10));
                    n.snapshot(people(1, 2)
                                    + row(id(3), "married@example.com", "Sales", "Active")
                                    + people(4, 10)
                                    + row("N-1", login(3), "Sales", "Active"))
                            .in("new=1 changed=1");
                }),
                nights("but not by a file in which they don't occur", n -> {
                    n.snapshot(people(1, 10));
                    n.update(row("N-1", login(3), "Sales", "Active")).refused("invalid-users", "00003");
                    n.update(row("N-1", login(3), "Sales", "Active") + row(id(3), "x@example.com", "Sales", "Active"))
                            .in("new=1 changed=1");
                }),
                nights("a new number for one who is gone the same night is refused, the night after it is in", n -> {
                    n.snapshot(people(1, 10));
                    n.snapshot(people(1, 9) + row("N-10", login(10), "Sales", "Active"))
                            .refused("invalid-users", "00010");
                    n.snapshot(people(1, 9)).in("gone=1");
                    n.snapshot(people(1, 9) + row("N-10", login(10), "Sales", "Active"))
                            .in("new=1");
                }),
                nights("a rehire with a new number goes in while the old row stays for years", n -> {
                    n.snapshot(people(1, 10));
                    n.snapshot(people(1, 9) + leaver(10)).in("deactivated=1");
                    String rehired = people(1, 9) + leaver(10) + row("N-10", login(10), "Sales", "Active");
                    n.snapshot(rehired).in("new=1");
                    for (int night = 0; night < 5; night++) {
                        n.snapshot(rehired).in("").unchanged(11);
                    }
                    n.snapshot(people(1, 9) + row("N-10", login(10), "Sales", "Active"))
                            .in("");
                    n.snapshot(people(1, 9) + leaver(10) + row("N-10", login(10), "Sales", "Terminated"))
                            .in("deactivated=1");
                }),
                nights("the old row and the new one, whichever is first, are refused before that", n -> {
                    n.snapshot(people(1, 10));
                    n.snapshot(row("N-10", login(10).toUpperCase(), "Sales", "Active") + people(1, 9) + leaver(10))
                            .refused("invalid-users", "line=12");
                }),
                nights("a login is free once Deactivate & Delete has sent its person", n -> {
                    n.snapshot(people(1, 10));
                    n.delete(leaver(5));
                    n.update(row("N-1", login(5), "Sales", "Active")).in("new=1");
                }),
                nights("a joiner with the login of one who is only left alone is refused", n -> {
                    n.snapshot(people(1, 10));
                    n.snapshot(people(1, 9)
                                    + row(id(10), "", "", "Onboarding")
                                    + row("N-1", login(10), "Sales", "Active"))
                            .refused("invalid-users", "00010");
                }),
                nights("with skip mode a slipped pair is left out and the rest goes", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 10));
                    n.snapshot(row(id(2), login(1), "Sales", "Active")
                                    + row(id(1), login(2), "Sales", "Active")
                                    + people(3, 10)
                                    + person(11))
                            .in("new=1 rejected=2");
                    n.snapshot(people(1, 11)).in("").unchanged(11);
                }),
                nights("with skip mode three rows of one login are all left out", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 10));
                    n.snapshot(people(1, 10)
                                    + row("N-1", login(3), "Sales", "Active")
                                    + row("N-2", login(3).toUpperCase(), "Sales", "Active"))
                            .in("rejected=3")
                            .unchanged(9);
                }),
                nights("rehired, skip mode: one ID as a leaver and as an active person", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 10));
                    n.snapshot(people(1, 9) + leaver(10) + person(10)).in("rejected=2");
                    n.snapshot(people(1, 10)).in("").unchanged(10);
                }),
                nights("same ID, skip mode: two different people", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 10));
                    n.snapshot(row(id(3), "other@example.com", "IT", "Active") + people(1, 10))
                            .in("rejected=2");
                    n.snapshot(people(1, 10)).in("").unchanged(10);
                }),
                nights("login taken, skip mode: a joiner's row before that of a colleague", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 10));
                    n.snapshot(row("N-1", login(3), "Sales", "Active") + people(1, 10))
                            .in("rejected=2");
                    n.snapshot(people(1, 10)).in("").unchanged(10);
                }),
                nights("with skip mode equal rows count as one", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 10));
                    n.snapshot(people(1, 10) + person(3) + person(3)).in("").unchanged(10);
                }));
    }

    @TestFactory
    @DisplayName("coming back is guarded:")
    Stream<DynamicTest> returns() {
        String sixty = each(1, 60, NightSiblingsTest::leaver) + people(61, 200);
        return Stream.of(
                nights("a status in other case and with spaces is the same status", n -> {
                    n.with(KnownApplication::unguarded).snapshot(sixty);
                    n.with(KnownApplication::guarded)
                            .snapshot(sixty.replace("Terminated", " TERMINATED\u00A0"))
                            .in("");
                }),
                nights("a date column that is empty for a night brings no one back", n -> {
                    n.mapping(MAPPING.replace(
                                    "{'when':'Status','is':['Terminated']}",
                                    "{'when':'Status','date':'dd.MM.yyyy','before':'today'}"))
                            .with(KnownApplication::unguarded)
                            .snapshot(sixty.replace("Terminated", "31.12.2020").replace("Active", ""));
                    n.with(KnownApplication::guarded)
                            .snapshot(people(1, 200).replace("Active", ""))
                            .refused("deactivation-limit-exceeded", "limit=returns");
                }),
                nights("a column that is filled where it should be empty deactivates no one", n -> {
                    n.mapping(MAPPING.replace(
                            "{'when':'Status','is':['Terminated']}", "{'when':'Status','empty':false}"));
                    n.snapshot(people(1, 200).replace("Active", ""));
                    n.snapshot(people(1, 200)).refused("deactivation-limit-exceeded");
                }),
                nights("a status that is blank under isNot deactivates no one", n -> {
                    n.mapping(MAPPING.replace(
                            "{'when':'Status','is':['Terminated']}", "{'when':'Status','isNot':['Active']}"));
                    n.snapshot(people(1, 200));
                    n.snapshot(people(1, 200).replace("Active", "")).refused("deactivation-limit-exceeded");
                }),
                nights("a lost skip rule that left out more than five creates no one", n -> {
                    String joiners = each(201, 210, i -> row(id(i), login(i), "Sales", "Onboarding"));
                    n.snapshot(people(1, 200) + joiners).in("new=200");
                    n.mapping(MAPPING.replaceAll(",'skip'.*", "}"))
                            .snapshot(people(1, 200) + joiners)
                            .refused("invalid-request", "skip", "rules: changed");
                }),
                nights("a rule of which one word of two still applies is no lost rule", n -> {
                    String two = MAPPING.replace("['Terminated']", "['Terminated','Retired']");
                    n.mapping(two).with(KnownApplication::unguarded).snapshot(sixty);
                    n.with(KnownApplication::guarded)
                            .snapshot(sixty.replace("Terminated", "Retired"))
                            .in("");
                }),
                nights("one of a list of rules that applies to no one any more is missed", n -> {
                    String list = MAPPING.replace(
                            "{'when':'Status','is':['Terminated']}",
                            "[{'when':'Status','is':['Terminated']},{'when':'Dept','is':['Alumni']}]");
                    n.mapping(list)
                            .with(KnownApplication::unguarded)
                            .snapshot(each(1, 10, i -> row(id(i), login(i), "Alumni", "Active")) + people(11, 300));
                    n.with(KnownApplication::guarded)
                            .snapshot(each(1, 10, i -> row(id(i), login(i), "Ehemalige", "Active")) + people(11, 300))
                            .refused("invalid-request", "Dept");
                }),
                nights("translated words and the mapping with them are in", n -> {
                    n.with(KnownApplication::unguarded).snapshot(sixty);
                    n.mapping(MAPPING.replace("Terminated", "Ausgeschieden"))
                            .with(KnownApplication::guarded)
                            .snapshot(sixty.replace("Terminated", "Ausgeschieden"))
                            .in("");
                }),
                nights("six of a hundred are one too many, five may", n -> {
                    n.snapshot(each(1, 7, NightSiblingsTest::leaver) + people(8, 100));
                    n.snapshot(people(1, 6) + leaver(7) + people(8, 100))
                            .refused("deactivation-limit-exceeded", "limit=returns");
                    n.snapshot(people(1, 5) + leaver(6) + leaver(7) + people(8, 100))
                            .in("returned=5");
                }),
                nights("six gone of a hundred are one too many, five may", n -> {
                    n.snapshot(people(1, 100));
                    n.snapshot(people(1, 94)).refused("deactivation-limit-exceeded");
                    n.snapshot(people(1, 95)).in("gone=5");
                }),
                nights("gone ones and leavers count together", n -> {
                    n.snapshot(people(1, 100));
                    n.snapshot(people(1, 94) + leaver(95) + leaver(96) + leaver(97))
                            .refused("deactivation-limit-exceeded");
                }));
    }

    private static byte[] workbook(String costCenterFormat, int people, boolean leaverIsFormula) {
        try (XSSFWorkbook book = new XSSFWorkbook();
                java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            Sheet sheet = book.createSheet("People");
            var style = book.createCellStyle();
            style.setDataFormat(book.createDataFormat().getFormat(costCenterFormat));
            var header = sheet.createRow(0);
            String[] names = {"Employee ID", "Work Email", "Dept", "Status"};
            for (int i = 0; i < names.length; i++) {
                header.createCell(i).setCellValue(names[i]);
            }
            for (int i = 1; i <= people; i++) {
                var row = sheet.createRow(i);
                row.createCell(0).setCellValue(id(i));
                row.createCell(1).setCellValue(login(i));
                var cell = row.createCell(2);
                cell.setCellValue(10.1);
                cell.setCellStyle(style);
                if (leaverIsFormula && i == people) {
                    row.createCell(3).setCellFormula("IF(TODAY()>1,\"Terminated\",\"Active\")");
                } else {
                    row.createCell(3).setCellValue("Active");
                }
            }
            book.write(out);
            return out.toByteArray();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @TestFactory
    @DisplayName("a file of the same people is the same people, and one of others is refused:")
    Stream<DynamicTest> completeness() {
        return Stream.of(
                nights("IDs without their zeros are none of the people", n -> {
                    n.snapshot(people(1, 20));
                    n.snapshot(people(1, 20).replaceAll("(?m)^0+", "")).refused("invalid-", "0000");
                }),
                nights("half of them without their zeros are the others' logins", n -> {
                    n.snapshot(people(1, 20));
                    n.snapshot(people(1, 10) + people(11, 20).replaceAll("(?m)^0+", ""))
                            .refused("invalid-users", "00011");
                }),
                nights("other IDs and other logins are another company", n -> {
                    n.snapshot(people(1, 20));
                    n.snapshot(people(101, 120)).refused("invalid-request", "people: changed");
                }),
                nights("a workbook with the CSV's people changes no one", n -> {
                    n.snapshot(people(1, 20).replace("Sales", "10.10"));
                    n.file(ImportOperation.SNAPSHOT, "people.xlsx", workbook("0.00", 20, false))
                            .in("")
                            .unchanged(20);
                }),
                nights("a workbook whose format loses a digit changes everyone, as it shows", n -> {
                    n.snapshot(people(1, 20).replace("Sales", "10.10"));
                    n.file(ImportOperation.SNAPSHOT, "people.xlsx", workbook("0.0", 20, false))
                            .in("changed=20");
                }),
                nights("a status that is a formula without its result is invalid", n -> {
                    n.snapshot(people(1, 20).replace("Sales", "10.10"));
                    n.file(ImportOperation.SNAPSHOT, "people.xlsx", workbook("0.00", 20, true))
                            .refused("invalid-users", "Status", "line=21");
                }),
                nights("columns in another order, one more, other line ends and a mark change no one", n -> {
                    n.snapshot(people(1, 20));
                    n.header("\uFEFFStatus;Note;Dept;Work Email;Employee ID\r")
                            .snapshot(each(1, 20, i -> "Active;x" + i + ";Sales;" + login(i) + ";" + id(i) + "\r\n"))
                            .in("")
                            .unchanged(20);
                }),
                nights("a mapped column that is renamed refuses the file", n -> {
                    n.snapshot(people(1, 20));
                    n.header("Employee ID,Work Email,Dept,State")
                            .snapshot(people(1, 20))
                            .refused("invalid-request", "Status");
                }),
                nights("without a mapping a lost column is missed, by any spelling of it", n -> {
                    n.unmapped("External ID,User Name,department,title").snapshot(people(1, 20));
                    n.unmapped("externalId,userName,department")
                            .snapshot(each(1, 20, i -> id(i) + "," + login(i) + ",Sales\n"))
                            .refused("invalid-request", "title", "columns: changed");
                    n.unmapped("title,DEPARTMENT,user_name,EXTERNAL-ID".replace("DEPARTMENT", "department"))
                            .snapshot(each(1, 20, i -> "Active,Sales," + login(i) + "," + id(i) + "\n"))
                            .in("")
                            .unchanged(20);
                }),
                nights("a column that goes as intended changes no one, and comes back without a change", n -> {
                    n.unmapped("External ID,User Name,department,title").snapshot(people(1, 20));
                    n.unmapped("External ID,User Name,department")
                            .with(a -> a.waiving(Waiver.COLUMNS))
                            .snapshot(each(1, 20, i -> id(i) + "," + login(i) + ",Sales\n"))
                            .in("")
                            .unchanged(20);
                    n.unmapped("External ID,User Name,department,title")
                            .with(a -> a.waiving())
                            .snapshot(people(1, 19) + row(id(20), login(20), "Sales", "Boss"))
                            .in("changed=1")
                            .unchanged(19);
                }),
                nights("a file without people is refused, and the next night is as before", n -> {
                    n.snapshot(people(1, 20));
                    n.snapshot("").refused("invalid-request");
                    n.header("").snapshot("").refused("invalid-request");
                    n.header("Employee ID,Work Email,Dept,Status")
                            .snapshot(people(1, 20))
                            .in("")
                            .unchanged(20);
                }),
                nights("a line cut in half is no one's row", n -> {
                    n.snapshot(people(1, 20));
                    n.snapshot(people(1, 19) + "00020,u20@exa").refused("invalid-users", "line=21");
                }),
                nights("null, missing and empty are the same in JSON", n -> {
                    n.mapping("{'externalId':'id','profile':{'userName':'mail','department':'dept'}}");
                    n.file(ImportOperation.SNAPSHOT, "p.json", json(20, ",\"dept\":null"))
                            .in("new=20");
                    n.file(ImportOperation.SNAPSHOT, "p.json", json(20, ",\"dept\":\"\""))
                            .in("");
                    n.file(ImportOperation.SNAPSHOT, "p.json", json(20, "")).in("");
                }),
                nights("with skip mode a known person's damaged row keeps them, an unreadable ID keeps all", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 20));
                    n.snapshot(people(1, 18) + row(id(19), "NULL", "Sales", "Active"))
                            .in("gone=1 rejected=1");
                    n.snapshot(people(1, 17) + row("#N/A", login(19), "Sales", "Active"))
                            .in("rejected=1");
                    n.snapshot(people(1, 19)).in("").unchanged(19);
                }),
                nights("with skip mode a totals row keeps no one's access longer", n -> {
                    n.with(KnownApplication::skipping).snapshot(people(1, 20));
                    n.snapshot(people(1, 19) + "Total,19,,\n").in("gone=1 rejected=1");
                }),
                nights("with a grace of two days who is missing, terminated and back is each counted once", n -> {
                    java.time.Duration day = java.time.Duration.ofDays(1);
                    n.with(a -> a.grace(2)).snapshot(people(1, 20));
                    n.with(a -> a.later(day)).snapshot(people(1, 17)).in("missing=3");
                    n.with(a -> a.later(day))
                            .snapshot(people(1, 17) + leaver(18) + person(19))
                            .in("deactivated=1 gone=1");
                    n.with(a -> a.later(day))
                            .snapshot(people(1, 17) + leaver(18) + person(19) + person(20))
                            .in("returned=1");
                }),
                nights("a decomposed login is composed by lower, and damage without it", n -> {
                    String composed = people(1, 19) + row(id(20), "\u00FA@example.com", "Sales", "Active");
                    String decomposed = composed.replace("\u00FA", "u\u0301");
                    n.snapshot(composed);
                    n.snapshot(decomposed).in("").unchanged(20);
                    n.mapping(MAPPING.replace(",'lower':true", ""))
                            .snapshot(decomposed)
                            .refused("invalid-users", "line=21");
                }));
    }

    private static byte[] json(int people, String department) {
        return ("[{\"id\":\"B\",\"mail\":\"b\",\"dept\":\"Sales\"}"
                        + each(
                                2,
                                people,
                                i -> ",{\"id\":\"" + id(i) + "\",\"mail\":\"" + login(i) + "\"" + department + "}")
                        + "]")
                .getBytes(StandardCharsets.UTF_8);
    }
}
