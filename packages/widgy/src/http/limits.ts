/** What one plug-in takes at most, and how often it looks. */
export interface ApiLimits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Streams of events that are open at once. */
  readonly eventStreams: number;
  /** Of these, streams of one user: of all who have one `authorId`. */
  readonly eventStreamsPerUser: number;
  /** Changes that wait in memory for one stream. What is more is read from the log when the stream gets to it. */
  readonly queuedChanges: number;
  /** Milliseconds between two signs of life on a stream, and between two questions whether it may go on. */
  readonly heartbeatMs: number;
  /** Milliseconds after which a stream is ended whose client takes nothing. */
  readonly stallMs: number;
  /** Milliseconds between two looks for what other servers did and for who is still there, while somebody listens. */
  readonly pollMs: number;
}

/** The limits that hold where none are given. */
export const DEFAULT_API_LIMITS: ApiLimits = {
  bodyBytes: 16 * 1024 * 1024,
  eventStreams: 1000,
  eventStreamsPerUser: 20,
  queuedChanges: 100,
  heartbeatMs: 15_000,
  stallMs: 30_000,
  pollMs: 500,
};

/** Changes in one answer. */
export const MAX_CHANGES_PAGE = 200;

/** UTF-8 bytes of the operations in one answer with changes. A change that has more is answered alone. */
export const MAX_CHANGES_PAGE_BYTES = 1024 * 1024;

/** Seconds after which a client is asked to try again. */
export const RETRY_AFTER_SECONDS = 1;
