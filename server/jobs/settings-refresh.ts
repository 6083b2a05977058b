import { loadSettings } from "@/lib/services/settings/load-settings";
import { startJob } from "./start-job";

/** Takes over what administrators have saved in another process. */
export function startSettingsRefresh(onError: (error: unknown) => void): () => Promise<void> {
  return startJob({ period: 5000, run: loadSettings, onError, isDelayed: true });
}
