import type { Compressor } from '@widgy/compressor';
import { VIDEO_FRAME_SOURCES } from 'widgy/library';
import type { Renderer } from 'widgy/rendering';
import type { ServerOptions } from 'widgy/server';
import ownConfig from '../widgy.config.ts';
import type { Booking } from './booking.ts';
import { serveBooking } from './booking-routes.ts';
import { createMounts } from './mounts.ts';
import { variables } from './variables.ts';

/** What can be different from one server of the site to the next. */
export interface SiteOptions {
  readonly renderer: Renderer;
  /** Default: that of the site. */
  readonly config?: typeof ownConfig;
  /** Its engine is that of the renderer. */
  readonly compressor: Compressor;
  /** The time in milliseconds since 1970, which decides which days can be booked. Default: `Date.now`. */
  readonly now?: () => number;
  /** Receives each accepted booking request. Default: a line in the log. */
  readonly onBooking?: (booking: Booking) => void | Promise<void>;
}

/** What the server of the site is made with, whatever its environment says. */
export function siteOptions({
  renderer,
  config = ownConfig,
  compressor,
  now = Date.now,
  onBooking,
}: SiteOptions): Omit<ServerOptions, 'environment'> {
  return {
    ...{ config, renderer, compressor, variables, now },
    mounts: createMounts(now),
    errorTemplate: 'error',
    contentSources: { 'frame-src': VIDEO_FRAME_SOURCES },
    routes: (app) =>
      serveBooking(app, {
        now,
        onBooking: onBooking ?? (({ boat, date }) => app.log.info({ boat, date }, 'a boat was asked for')),
      }),
  };
}
