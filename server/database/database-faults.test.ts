import { expect, test } from "vitest";
import { describeDatabaseFault } from "./database-faults";

const system = (code: string, syscall = "connect") => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const sql = (code: string, message: string) => Object.assign(new Error(message), { code, severity: "FATAL" });

test.each([
  ["nothing listens", system("ECONNREFUSED")],
  ["on none of its addresses", new AggregateError([system("ECONNREFUSED"), system("EHOSTUNREACH")], "")],
  ["the name isn't known yet", system("ENOTFOUND", "getaddrinfo")],
  ["the socket isn't there yet", system("ENOENT")],
  ["it starts", sql("57P03", "the database system is starting up")],
  ["too many connections", sql("53300", "sorry, too many clients already")],
  ["a standby", sql("25006", "cannot execute CREATE TABLE in a read-only transaction")],
  ["the pooler waits for it", sql("08P01", "server login has been failing, cached error: connect failed")],
  ["it was closed", new Error("Connection terminated unexpectedly")],
])("%s: that may pass", (_, error) => {
  expect(describeDatabaseFault(error)).toMatchObject({ mayPass: true });
});

test.each([
  ["password", sql("28P01", 'password authentication failed for user "a"'), "rejects the user or password"],
  ["pg_hba.conf", sql("28000", "no pg_hba.conf entry for host"), "pg_hba.conf"],
  ["database", sql("3D000", 'database "a" does not exist'), 'Database "a" does not exist'],
  ["right", sql("42501", "permission denied for table users"), "GRANT SELECT, INSERT, UPDATE, DELETE"],
  ["ownership", sql("42501", "must be owner of table users"), "the owner of the database and of its tables"],
  ["start-up parameter", sql("08P01", "unsupported startup parameter: options"), "unsupported startup parameter"],
  ["socket of another user", system("EACCES"), "may not open"],
  [
    "certificate",
    Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
    "sslrootcert",
  ],
  ["name", Object.assign(new Error("does not match"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" }), "sslrootcert"],
  ["no password", new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"), "has none"],
])("a wrong %s: waiting doesn't cure it", (_, error, text) => {
  const fault = describeDatabaseFault(error);
  expect(fault).toMatchObject({ mayPass: false });
  expect(fault?.message).toContain(text);
});

test.each([
  ["a bug", new TypeError("x is not a function")],
  ["a file that isn't there", system("ENOENT", "open")],
  ["a file of another user", system("EACCES", "open")],
  ["nothing", null],
])("%s is no fault of the database", (_, error) => {
  expect(describeDatabaseFault(error)).toBeNull();
});
