import { z } from 'zod';
import { documentMissing } from '../../documents/refusal.ts';
import { eventStream } from '../answer.ts';
import { sequenceUnknown } from '../changes-page.ts';
import { documentEvents } from '../events/document-events.ts';
import { DOCUMENT_PARAMS, NUMBER_TEXT } from '../input.ts';
import { RETRY_AFTER_SECONDS } from '../limits.ts';
import { refuseCall } from '../problem.ts';
import { defineRoute, NO_BODY } from '../route.ts';

const events = defineRoute({
  name: 'streamEvents',
  summary: 'What happens to a document, as server-sent events; Last-Event-ID goes on after a change',
  method: 'GET',
  path: '/documents/:document/events',
  policy: 'read',
  isStream: true,
  params: DOCUMENT_PARAMS,
  query: z.strictObject({ after: NUMBER_TEXT.optional() }),
  body: NO_BODY,
  answers: { 200: { what: 'The events', texts: ['text/event-stream'] } },
  handle({ api, params, query, request, author, connection, state, isStillAllowed }) {
    if (state === undefined) return documentMissing(params.document);
    const { sequence } = state;
    const given = NUMBER_TEXT.safeParse(request.headers['last-event-id']);
    // A browser that connects again says what it got last, which is newer than what its page asked for.
    const after = given.success ? given.data : (query.after ?? sequence);
    if (after > sequence) return sequenceUnknown(sequence, after);
    const { documents, feed, presence, limits, streams } = api;
    const opened = streams.open({ ...connection, user: author.id }, (signal) =>
      documentEvents({ documents, feed, presence, limits, state, after, isStillAllowed, signal }),
    );
    if (opened.ok) return eventStream(opened.stream);
    const retry = { 'Retry-After': String(RETRY_AFTER_SECONDS) };
    const whose = opened.limit === 'eventStreams' ? 'streams' : 'streams of yours';
    return refuseCall('streams-full', `${limits[opened.limit]} ${whose} are open already`, {}, retry);
  },
});

/** What happens to documents while somebody watches. */
export const eventRoutes = [events];
