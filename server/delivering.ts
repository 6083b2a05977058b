import { createLogoutCourier } from "@/lib/logout-delivery";

const PERIOD_MS = 1000;

/**
 * Takes logout tokens to their applications for as long as the server runs. Several processes may do so at once: each
 * takes what no other has. Returns what stops it.
 */
export function startDelivering(): () => Promise<void> {
  const courier = createLogoutCourier();
  const timer = setInterval(() => void courier.run(), PERIOD_MS);
  return async () => {
    clearInterval(timer);
    await courier.stop();
  };
}
