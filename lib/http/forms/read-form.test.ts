import { describe, expect, test } from "vitest";
import { readFormText } from "./read-form";

const post = (body: BodyInit | null) => readFormText(new Request("http://a.example/", { method: "POST", body }));

describe("the body of a form", () => {
  test("is returned as it was sent", async () => {
    expect(await post("a=%C3%A9&b=+")).toBe("a=%C3%A9&b=+");
    expect(await post(null)).toBe("");
  });

  test("is refused above 128 kB with 413", async () => {
    await expect(post("x".repeat(128 * 1024 + 1))).rejects.toMatchObject({ error: "invalid_request", status: 413 });
    expect(await post("x".repeat(128 * 1024))).toHaveLength(128 * 1024);
  });

  test("is refused if it isn't UTF-8", async () => {
    await expect(post(new Uint8Array([0x61, 0x3d, 0xff]))).rejects.toMatchObject({
      error: "invalid_request",
      status: 400,
    });
  });
});
