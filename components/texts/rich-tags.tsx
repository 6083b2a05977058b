import type { ReactNode } from "react";

/** Around what people have typed, such as names: `t.rich("key", { name, bdi })`. Its direction stays its own. */
export function bdi(chunks: ReactNode): ReactNode {
  return <bdi>{chunks}</bdi>;
}
