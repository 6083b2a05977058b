import { Alert } from "@/components/ui/alert";

/** How to create the first account. Never the link itself: anyone may be reading this page. */
export function FirstAdministrator() {
  return (
    <Alert tone="info" title="There is no administrator yet">
      <p>
        Open the one-time link that the server printed when it started, or run{" "}
        <code className="rounded-sm border border-info-line bg-surface px-1 py-px font-mono text-[0.8125rem] whitespace-nowrap">
          npm run createsuperuser
        </code>{" "}
        on its machine.
      </p>
    </Alert>
  );
}
