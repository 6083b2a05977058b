/** `type` is a dotted name from the catalogue in `docs/audit-events.md`; `details` never holds a secret or token. */
export interface AuditEvent {
  type: string;
  at: Date;
  userId?: string | null;
  applicationId?: string | null;
  reference?: string | null;
  details?: Record<string, unknown>;
}
