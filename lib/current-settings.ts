import { env } from "@/lib/env";
import { type Settings, toSettings } from "@/lib/settings";

let made: Settings | undefined;

/** The settings of this installation, read from the environment on first use. For code that creates a context. */
export function currentSettings(): Settings {
  made ??= toSettings(env());
  return made;
}
