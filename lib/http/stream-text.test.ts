import { expect, test } from "vitest";
import { streamText } from "./stream-text";

test("a text is sent part by part", async () => {
  async function* parts() {
    yield "Zo";
    yield "ë";
  }
  expect(await new Response(streamText(parts())).text()).toBe("Zoë");
});

test("a text that fails half-way isn't received as a whole one", async () => {
  async function* parts() {
    yield "username,email\n";
    throw new Error("an outage");
  }
  await expect(new Response(streamText(parts())).text()).rejects.toThrow("an outage");
});

test("nothing more is read once nobody receives it", async () => {
  let ended = false;
  async function* parts() {
    try {
      for (;;) yield "x";
    } finally {
      ended = true;
    }
  }
  const reader = streamText(parts()).getReader();
  await reader.read();
  await reader.cancel();
  expect(ended).toBe(true);
});
