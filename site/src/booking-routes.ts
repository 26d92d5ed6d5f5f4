import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { type Booking, isTrapped, parseBooking } from './booking.ts';
import { bookingForm } from './mounts.ts';

/** What takes bookings. */
export interface BookingRoutes {
  readonly now: () => number;
  /** Receives each request that was accepted. */
  readonly onBooking: (booking: Booking) => void | Promise<void>;
}

/** Takes what the booking form sends. It works without scripts: what is wrong is shown in the page that has the form. */
export async function serveBooking(app: FastifyInstance, { now, onBooking }: BookingRoutes): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody);
    scope.post('/book', { config: { access: 'public' } }, async (request, reply) => {
      // Whoever fell into the trap learns nothing from the answer.
      if (isTrapped(request.body)) return reply.redirect('/book/thanks', 303);
      const result = parseBooking(request.body, new Date(now()));
      if (!result.ok) {
        const booking = bookingForm(now(), result.values, result.errors);
        return await reply.sendPage('/book', { status: 422, variables: { booking } });
      }
      await onBooking(result.booking);
      // A redirect, so that reloading the thank-you page does not send the request a second time.
      const { boat, date } = result.booking;
      return reply.redirect(`/book/thanks?${new URLSearchParams({ boat, date })}`, 303);
    });
  });
}
