import { baseUrl, secondBaseUrl } from "./environment";
import { send } from "./http";
import type { Portal } from "./portal";
import { waitFor } from "./wait-for";

/**
 * Waits until both servers publish a key for each algorithm. EdDSA has one only while an application signs with it, and
 * a server without a key for an on-demand algorithm looks for one every second.
 */
export async function publishEveryKey(portal: Pick<Portal, "createApplication">): Promise<void> {
  await portal.createApplication({ idTokenSignedResponseAlg: "EdDSA" });
  const readAlgorithms = async (base: string): Promise<string[]> => {
    const { text } = await send("GET", "/o/.well-known/jwks.json", { base });
    return (JSON.parse(text) as { keys: { alg: string }[] }).keys.map(({ alg }) => alg);
  };
  await waitFor("the key for EdDSA at both servers", async () => {
    const published = await Promise.all([baseUrl, secondBaseUrl].map(readAlgorithms));
    return published.every((algorithms) => algorithms.includes("EdDSA"));
  });
}
