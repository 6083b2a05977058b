// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these strings are code.
import { beforeAll, expect, test } from "vitest";
import { lintCode } from "./test/lint-code";

const text = "Take what people read from a message file";
const byCode = "Say what is wrong by a code";
const sides = "Sides follow the direction of the language";

/** Each line of code in its file, and a part of the expected message. */
const forbiddenCode: [file: string, code: string, message: string][] = [
  ["app/o/(portal)/scopes/a.tsx", "export const a = <p>Nothing yet</p>;", text],
  ["app/o/(portal)/scopes/b.tsx", 'export const a = <p title="Nothing yet" />;', text],
  ["app/o/(portal)/scopes/c.tsx", 'export const a = <p aria-label={"Nothing yet"} />;', text],
  ["app/o/(portal)/scopes/d.tsx", "export const a = (name: string) => <p title={`Edit ${name}`} />;", text],
  ["app/o/(portal)/scopes/e.tsx", 'export const a = (is: boolean) => <p>{is ? "Yes" : null}</p>;', text],
  ["app/o/(portal)/scopes/f.tsx", 'export const a = (is: boolean) => <p title={is ? undefined : "No"} />;', text],
  ["app/o/(portal)/scopes/g.tsx", 'export const a = (is: boolean) => <p>{is && "Yes"}</p>;', text],
  ["app/o/(portal)/scopes/h.tsx", 'export const columns = [{ header: "Name" }];', text],
  ["app/o/(portal)/scopes/i.tsx", 'export const metadata = { title: "Scopes" };', text],
  ["app/o/(portal)/scopes/j.tsx", 'export const a = <input placeholder="Name of your app" />;', text],
  ["app/o/(portal)/scopes/k.tsx", 'export const a = <img alt="Picture" />;', text],
  ["app/o/(portal)/applications/a.tsx", 'export const steps = [{ text: "Nothing yet" }];', text],
  ["app/(auth)/login/a.tsx", 'export const a = <p title={<b title="Nothing yet" />} />;', text],
  ["lib/services/users/a.ts", 'export const a = z.string().min(1, "Enter a name.");', byCode],
  ["lib/services/users/b.ts", "export const a = (b: number) => ({ form: [`At most ${b} users.`] });", byCode],
  ["lib/services/users/c.ts", 'throw new ValidationError({ file: ["Choose a file."] });', byCode],
  ["lib/auth/passwords/d.ts", 'export const a = "The hash is of no known scheme.";', byCode],
  ["components/ui/a.tsx", "export const a = <p>Nothing yet</p>;", text],
  ["components/layout/l.tsx", "export const a = <p>Latchkey is here</p>;", text],
  ["components/layout/m.tsx", 'export const a = <p className="flex ml-2" />;', sides],
  ["components/layout/n.tsx", 'export const a = <p className="sm:first:pr-[3px]" />;', sides],
  ["components/layout/o.tsx", 'export const a = <p className={"absolute -left-1/2"} />;', sides],
  ["components/layout/p.tsx", 'export const a = ["text-left"].join(" ");', sides],
  ["components/layout/q.tsx", "export const a = (b: string) => <p className={`${b} sm:text-right`} />;", sides],
  ["components/layout/r.ts", 'export const a = "border-l flex";', sides],
  ["components/layout/s.tsx", 'export const a = <p className="rounded-r-md" />;', sides],
  ["components/layout/t.tsx", 'export const a = <p className="rounded-tl" />;', sides],
  ["components/layout/u.tsx", 'export const a = <p className="-mr-px" />;', sides],
];

const allowedCode: [file: string, code: string][] = [
  [
    "app/o/(portal)/scopes/ok-a.tsx",
    'export const a = (t: (key: string) => string) => <p title={t("empty.title")}>{t("empty.text")}, …</p>;',
  ],
  ["app/o/(portal)/scopes/ok-b.tsx", 'export const a = <input placeholder="https://api.example.com" />;'],
  ["app/o/(portal)/scopes/ok-c.tsx", "export const a = (b: string) => <p title={`${b}, ${b}`}>Latchkey</p>;"],
  ["app/o/(portal)/scopes/ok-d.tsx", 'export const a = <code className="font-mono">npm run setup</code>;'],
  ["app/o/(portal)/scopes/ok-e.ts", 'export const commands = [{ title: "Not shown" }];'],
  ["components/ui/ok-i.tsx", 'export const a = <p aria-labelledby="name of it" className="a b" />;'],
  [
    "components/ui/ok-j.tsx",
    'export const a = (b: string) => <input placeholder={`https://a.example${b ?? "/b"}`} />;',
  ],
  ["lib/services/users/ok-k.ts", 'throw new Error("The proofs are of different accounts.");'],
  ["lib/services/users/ok-l.ts", 'throw new OAuthError("access_denied", "This client has been disabled.");'],
  ["lib/services/users/ok-m.ts", 'export const a = problem("fieldProblems.name");'],
  ["lib/services/users/ok-n.test.ts", 'export const a = "Enter a name.";'],
  ["lib/http/pages/ok-f.ts", 'export const title = "text-left";'],
  ["components/layout/ok-g.tsx", 'export const a = <p className="ms-2 pe-1 start-0 text-start border-s rounded-e" />;'],
  [
    "components/layout/ok-h.tsx",
    'export const a = <p className="text-lg border-line rounded-lg rounded-l3 plural-" />;',
  ],
];

let messagesAbout: ReturnType<typeof lintCode>;

beforeAll(() => {
  messagesAbout = lintCode([...forbiddenCode, ...allowedCode]);
});

test.each(forbiddenCode)("%s: %s is refused", (file, _code, message) => {
  expect(messagesAbout(file)).toContain(message);
});

test.each(allowedCode)("%s is allowed", (file) => {
  expect(messagesAbout(file)).not.toMatch(`${text}|${sides}|${byCode}`);
});
