/** Where an approval can be revoked. */
export function Withdrawal() {
  return (
    <>
      You can revoke this at any time under{" "}
      {/* A plain link: the router must not fetch anything while a request is pending. */}
      <a
        href="/o/authorized_tokens/"
        className="rounded-sm py-1 font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"
      >
        Authorized applications
      </a>
      .
    </>
  );
}
