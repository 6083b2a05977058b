import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";

const resolve = createRequire(path.join(process.cwd(), "package.json")).resolve;
const library = path.join(path.dirname(resolve("oidc-client-ts")), "..", "browser", "oidc-client-ts.min.js");

export interface SinglePageAppSettings {
  authority: string;
  clientId: string;
  scope: string;
  /** Continuously asks the server's frame whether the user has signed out. */
  monitorSession?: boolean;
}

/** A single-page application with its own origin, built with oidc-client-ts, which is its `manager`. */
export class SinglePageApp {
  readonly #server: Server;
  settings: SinglePageAppSettings | null = null;

  constructor() {
    this.#server = createServer(({ url = "" }, response) => {
      const { pathname } = new URL(url, "http://app");
      const isScript = pathname.endsWith(".js");
      response.writeHead(200, {
        "Content-Type": isScript ? "text/javascript" : "text/html",
        "Cache-Control": "no-store",
      });
      if (pathname === "/oidc.js") response.end(readFileSync(library));
      else if (pathname === "/app.js") response.end(this.#script());
      else response.end(page);
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What has to be registered for it. */
  get registration() {
    return {
      kind: "single_page" as const,
      clientType: "public" as const,
      redirectUris: [`${this.origin}/callback`, `${this.origin}/silent`],
      postLogoutRedirectUris: [`${this.origin}/`],
      allowedOrigins: [this.origin],
      // Another program on this machine could take the port, so users would be asked each time.
      skipConsent: true,
    };
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #script(): string {
    const { authority, clientId, scope, monitorSession = false } = this.settings ?? { authority: "", clientId: "" };
    const settings = { authority, client_id: clientId, scope, monitorSession, checkSessionIntervalInSeconds: 1 };
    return `
const origin = location.origin;
window.manager = new oidc.UserManager({
  ...${JSON.stringify(settings)},
  redirect_uri: origin + "/callback",
  silent_redirect_uri: origin + "/silent",
  post_logout_redirect_uri: origin + "/",
  userStore: new oidc.WebStorageStateStore({ store: localStorage }),
  loadUserInfo: true,
});
const show = async () => {
  const user = await manager.getUser();
  document.querySelector("h1").textContent = user ? "Hello " + user.profile.sub : "Signed out";
};
manager.events.addUserSignedOut(async () => { await manager.removeUser(); await show(); });
if (location.pathname === "/silent") manager.signinSilentCallback();
else if (location.pathname === "/callback") manager.signinRedirectCallback().then(() => location.replace("/"));
else show();
`;
  }
}

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title></head>
<body><h1>…</h1><script src="/oidc.js"></script><script src="/app.js"></script></body></html>`;
