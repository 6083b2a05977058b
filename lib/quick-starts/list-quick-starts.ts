import type { QuickStartFacts } from "./facts";
import { writeMobile } from "./other/mobile";
import { writeDevice, writeMachine } from "./other/node-program";
import type { QuickStart, WriteQuickStart } from "./quick-start";
import { writeApache } from "./web/apache";
import { writeAspNet } from "./web/asp-net";
import { writeDjango } from "./web/django";
import { writeExpress } from "./web/express";
import { writeGo } from "./web/go";
import { writeNextjs } from "./web/nextjs";
import { writeFlask, writeStarlette } from "./web/python";
import { writeSinglePage } from "./web/single-page";
import { writeSpringBoot } from "./web/spring-boot";

/** In the order of their tabs. Names of products are the same in every language. */
const quickStarts = {
  machine: { name: "Node.js", library: "openid-client", write: writeMachine },
  device: { name: "Node.js", library: "openid-client", write: writeDevice },
  nextjs: { name: "Next.js", library: "next-auth", write: writeNextjs },
  express: { name: "Express", library: "openid-client", write: writeExpress },
  "single-page": { name: "JavaScript", library: "oidc-client-ts", write: writeSinglePage },
  python: { name: "Python", library: "Authlib", write: writeStarlette },
  django: { name: "Django", library: "mozilla-django-oidc", write: writeDjango },
  flask: { name: "Flask", library: "Authlib", write: writeFlask },
  go: { name: "Go", library: "go-oidc", write: writeGo },
  "spring-boot": { name: "Spring Boot", library: "Spring Security", write: writeSpringBoot },
  "asp-net": { name: "ASP.NET Core", library: "OpenIdConnect", write: writeAspNet },
  apache: { name: "Apache", library: "mod_auth_openidc", write: writeApache },
  mobile: { name: "Android, iOS", library: "AppAuth", write: writeMobile },
} as const satisfies Record<string, { name: string; library: string; write: WriteQuickStart }>;

export type QuickStartId = keyof typeof quickStarts;

export interface ListedQuickStart extends QuickStart {
  id: QuickStartId;
  /** Of the language or framework. */
  name: string;
  library: string;
}

/** Those that work with the application as it is registered. */
export function listQuickStarts(facts: QuickStartFacts): ListedQuickStart[] {
  return (Object.keys(quickStarts) as QuickStartId[]).flatMap((id) => {
    const { name, library, write } = quickStarts[id];
    const quickStart = write(facts);
    return quickStart ? [{ id, name, library, ...quickStart }] : [];
  });
}
