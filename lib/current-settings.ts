import { env } from "@/lib/env";
import { type Settings, toSettings } from "@/lib/settings";

let made: Settings | undefined;

/** The settings of this installation, made from the environment at first use. For those who make a context. */
export function currentSettings(): Settings {
  made ??= toSettings(env());
  return made;
}
