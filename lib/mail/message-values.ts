/** What goes into the text of a message, by its kind. Moments are RFC 3339 text, links complete addresses. */
export interface MessageValues {
  invitation: { link: string; expiresAt: string };
  account_created: { username: string; link: string; expiresAt: string };
  password_reset: { username: string; link: string; expiresAt: string };
  /** To the former address. */
  email_changed: { username: string; newAddress: string };
  /** To the new address. */
  email_added: { username: string };
  password_changed: { username: string };
  account_disabled: { username: string };
  test: Record<never, never>;
}

export type MessageKind = keyof MessageValues;

export const messageKinds = [
  "invitation",
  "account_created",
  "password_reset",
  "email_changed",
  "email_added",
  "password_changed",
  "account_disabled",
  "test",
] as const satisfies readonly MessageKind[];

/** A message that is to be sent. */
export type MessageContent = { [Kind in MessageKind]: { kind: Kind; values: MessageValues[Kind] } }[MessageKind];
