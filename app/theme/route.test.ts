import { describe, expect, it } from "vitest";
import { POST } from "./route";

function post(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return POST(new Request("http://127.0.0.1:8000/theme", { method: "POST", body, headers }));
}

const form = (entries: string) => new URLSearchParams(entries);

describe("POST /theme", () => {
  it("keeps a fixed theme for a year and returns to the page", async () => {
    const response = await post(form("theme=dark"), {
      host: "127.0.0.1:8000",
      referer: "http://127.0.0.1:8000/login?a=1",
      "sec-fetch-site": "same-origin",
    });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/login?a=1");
    expect(response.headers.get("set-cookie")).toBe("theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
  });

  it("clears the cookie for system", async () => {
    const response = await post(form("theme=system"));
    expect(response.status).toBe(303);
    expect(response.headers.get("set-cookie")).toContain("theme=; Path=/; Max-Age=0;");
  });

  it.each(["theme=sepia", "theme=", "", "theme=light&theme=dark", "theme=%00"])("answers 400 to %j", async (body) => {
    const response = await post(form(body));
    expect(response.status).toBe(400);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("answers 4xx to an unreadable body", async () => {
    expect((await post("x".repeat(200_000))).status).toBe(413);
    expect((await post(new Uint8Array([0xff, 0xfe]))).status).toBe(400);
  });

  it("answers 400 to a body that isn't a form", async () => {
    expect((await post("{}", { "content-type": "application/json" })).status).toBe(400);
    expect((await post("x", { "content-type": "multipart/form-data" })).status).toBe(400);
  });

  it.each(["cross-site", "same-site"])("refuses a %s request", async (site) => {
    expect((await post(form("theme=dark"), { "sec-fetch-site": site })).status).toBe(403);
  });
});
