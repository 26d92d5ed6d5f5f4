import type { FastifyInstance } from 'fastify';

/** How long a server that stops still takes connections in production, in milliseconds, so that load balancers see that it is not ready. */
export const STOP_PAUSE_MS = 2_000;

/** How long a server that stops waits for requests and answers that are under way, in milliseconds, before it ends their connections. */
export const STOP_DRAIN_MS = 10_000;

/** How a server stops. */
export interface StopOptions {
  /** Milliseconds for which it still takes connections. */
  readonly pause: number;
  /** Calls a step after so many milliseconds, and gives what keeps it from that. Default: a timer. */
  readonly afterTime?: (milliseconds: number, step: () => void) => () => void;
}

/**
 * Has a server end in time when it is closed: it takes connections for a while after it has said that it is not ready any more, then finishes
 * what is under way, and then ends the connections of whoever sends or reads too slowly.
 */
export function stopInTime(app: FastifyInstance, { pause, afterTime = withTimer }: StopOptions): void {
  let keep: () => void = () => undefined;
  app.addHook('preClose', async () => {
    if (pause > 0) await new Promise<void>((resolve) => afterTime(pause, resolve));
    keep = afterTime(STOP_DRAIN_MS, () => {
      app.log.warn('connections were ended that were still in use');
      app.server.closeAllConnections();
    });
  });
  app.addHook('onClose', async () => keep());
}

function withTimer(milliseconds: number, step: () => void): () => void {
  const timer = setTimeout(step, milliseconds);
  return () => clearTimeout(timer);
}
