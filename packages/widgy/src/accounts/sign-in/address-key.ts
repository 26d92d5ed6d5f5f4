import { isIPv6, SocketAddress } from 'node:net';

/** Groups of an IPv6 address that one subscriber has: they may use all addresses below. */
const PREFIX_GROUPS = 4;

/**
 * What tries from an address are counted under: the address itself, or the network of an IPv6 address, since who has one has very many. What
 * is no address is counted as it is.
 */
export function addressKey(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(
    new SocketAddress({ address: bare, family: 'ipv6' }).address,
  );
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = '', tail] = bare.toLowerCase().split('::');
  const groupsOf = (part: string | undefined) => (part ? part.split(':') : []);
  const [first, last] = [groupsOf(head), groupsOf(tail)];
  const missing = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...(tail === undefined ? [] : missing), ...last];
  const prefix = groups.slice(0, PREFIX_GROUPS).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/64`;
}
