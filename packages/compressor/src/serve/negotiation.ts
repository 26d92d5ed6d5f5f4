import Negotiator from 'negotiator';

/**
 * Which of the available encodings a client takes, best first. What it likes equally stays in the given order, and so does
 * plain content, which comes last; what it likes less than plain content is left out.
 *
 * Where a client refuses even plain content and nothing else is left, it gets that all the same: an answer that it may be able
 * to read is better than none.
 *
 * @param header `Accept-Encoding`; without it a client gets plain content
 * @param available the smallest first
 */
export function acceptedEncodings<Offer extends { readonly name: string }>(
  header: string | undefined,
  available: readonly Offer[],
): readonly Offer[] {
  if (header === undefined || available.length === 0) return [];
  const client: Preferring = new Negotiator({ headers: { 'accept-encoding': header } });
  const order = [...available.map(({ name }) => name), 'identity'];
  const accepted = client.encodings(order, { preferred: order });
  const plain = accepted.indexOf('identity');
  const before = plain === -1 ? accepted : accepted.slice(0, plain);
  return before.flatMap((name) => available.find((offer) => offer.name === name) ?? []);
}

/** What the types of Negotiator do not know yet: whom it prefers of those that the client likes equally. */
interface Preferring {
  encodings(available: readonly string[], options: { readonly preferred: readonly string[] }): string[];
}
