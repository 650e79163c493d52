package dev.bulkuserimport.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of the same users, as an HR system exports them. */
final class Exports {

    /** One that uses each form of a mapping but dates. */
    static final String MAPPING = """
            {"externalId": "External ID",
             "profile": {
               "userName": {"from": ["Email", "User Name"], "lower": true},
               "email": "Email",
               "firstName": "First Name",
               "lastName": "Last Name",
               "displayName": {"join": ["First Name", "Last Name"], "with": " "},
               "department": {"from": "department", "values": {"Research 1": "R&D"}, "otherwise": "keep"},
               "costCenter": {"from": "costCenter", "pad": 8},
               "company": {"value": "Example GmbH"}}}""";

    private static final String[] COLUMNS = {
        "External ID",
        "User Name",
        "Email",
        "First Name",
        "Last Name",
        "Mobile Phone",
        "Home Address",
        "department",
        "costCenter",
        "manager",
        "title",
        "employeeNumber",
        "notes"
    };

    private static final int TITLE = 10;

    private Exports() {}

    static String[] user(int i) {
        return new String[] {
            "E-" + (100_000 + i),
            "user" + i + "@example.com",
            "user" + i + "@example.com",
            "Zoë" + i % 97,
            "Œuvre-" + i,
            "+49 69 " + (1_000_000 + i),
            "Example Street 12, Building 7, 60311 Frankfurt am Main, Germany; second floor",
            "Research " + i % 31,
            "CC-" + (4_000 + i % 100),
            "user" + i / 10 + "@example.com",
            "Senior Engineer for Identity and Access Management",
            String.valueOf(100_000 + i),
            "Joined with the acquisition of 2019; see the ticket for the details of the contract"
        };
    }

    static byte[] csv(int users) {
        return csv(users, user(0)[TITLE]);
    }

    /** The same, but each hundredth user has that title. */
    static byte[] csv(int users, String title) {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (int i = 0; i < users; i++) {
            String[] user = user(i);
            user[TITLE] = i % 100 == 0 ? title : user[TITLE];
            for (int c = 0; c < user.length; c++) {
                text.append(c == 0 ? "" : ",");
                text.append(user[c].indexOf(',') < 0 ? user[c] : '"' + user[c] + '"');
            }
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Texts in the cells themselves, as most programs that aren't spreadsheets write them. */
    static byte[] xlsx(int users) {
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        StringBuilder sheet = new StringBuilder("<worksheet xmlns=\"" + main + "\"><sheetData>");
        for (int i = -1; i < users; i++) {
            String[] cells = i < 0 ? COLUMNS : user(i);
            sheet.append("<row r=\"").append(i + 2).append("\">");
            for (int c = 0; c < cells.length; c++) {
                sheet.append("<c r=\"").append((char) ('A' + c)).append(i + 2);
                sheet.append("\" t=\"inlineStr\"><is><t>").append(cells[c]).append("</t></is></c>");
            }
            sheet.append("</row>");
        }
        sheet.append("</sheetData></worksheet>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relations
                            + "\"><sheets><sheet name=\"Export\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            entry(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                            + "<Relationship Id=\"rId1\" Type=\"" + relations
                            + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            entry(zip, "xl/worksheets/sheet1.xml", sheet.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
