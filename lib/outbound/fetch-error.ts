/** Nothing was fetched; the message says why, for the log. Not to be shown to the party that chose the URL. */
export class FetchError extends Error {
  override name = "FetchError";
}

/** No place was free for another call. It says nothing about the receiver, which wasn't called. */
export class OutboundBusyError extends FetchError {
  override name = "OutboundBusyError";

  constructor() {
    super("too many calls are under way");
  }
}
