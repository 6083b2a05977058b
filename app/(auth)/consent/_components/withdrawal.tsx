import { getTexts } from "@/lib/messages/request-locale";

/** Where an approval can be revoked. */
export async function Withdrawal() {
  const t = await getTexts("consent");
  return t.rich("withdrawal", {
    // A plain link: the router must not fetch anything while a request is pending.
    a: (chunks) => (
      <a
        href="/o/authorized_tokens/"
        className="rounded-sm py-1 font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"
      >
        {chunks}
      </a>
    ),
  });
}
