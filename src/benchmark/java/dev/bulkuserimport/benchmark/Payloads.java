package dev.bulkuserimport.benchmark;

import java.nio.charset.StandardCharsets;

/** The same users for every subject. */
final class Payloads {

    private static final String ADDRESS =
            "Example Street 12, Building 7, 60311 Frankfurt am Main, Germany; second floor, left-hand side entrance";

    private Payloads() {}

    /** About 600 bytes a user. */
    static byte[] json(String app, String session, int users) {
        StringBuilder json = new StringBuilder(users * 640 + 200);
        json.append("{\"applicationId\":\"").append(app);
        json.append("\",\"importOperation\":\"CREATE_AND_UPDATE\",\"sessionId\":\"")
                .append(session)
                .append("\",\"users\":[");
        for (int i = 0; i < users; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"externalId\":\"E-")
                    .append(100_000 + i)
                    .append("\",\"profile\":{");
            json.append("\"userName\":\"user")
                    .append(i)
                    .append("@example.com\",\"email\":\"user")
                    .append(i)
                    .append("@example.com\",");
            json.append("\"firstName\":\"Zoë")
                    .append(i % 97)
                    .append("\",\"lastName\":\"Œuvre-")
                    .append(i)
                    .append("\",");
            json.append("\"mobilePhone\":\"+49 69 ")
                    .append(1_000_000 + i)
                    .append("\",\"homeAddress\":\"")
                    .append(ADDRESS)
                    .append("\",");
            json.append("\"department\":\"Research and Development ")
                    .append(i % 31)
                    .append("\",\"costCenter\":\"CC-")
                    .append(4_000 + i % 100);
            json.append("\",\"manager\":\"user")
                    .append(i / 10)
                    .append("@example.com\",\"title\":\"Senior Engineer for Identity and Access Management\",");
            json.append("\"employeeNumber\":")
                    .append(100_000 + i)
                    .append(",\"fullTime\":")
                    .append(i % 5 != 0);
            json.append(
                    ",\"notes\":\"Joined with the acquisition of 2019; see the ticket for the details of the contract\"}}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
