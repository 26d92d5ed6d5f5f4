/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits.
 *
 * It is written here because a tree's hash has to be the same, and there at once, in the browser and on the server: the
 * Web Crypto API answers only asynchronously, and `node:crypto` is on one side only.
 */
export function sha256(text: string): string {
  const message = encoder.encode(text);
  // The text's end is padded in blocks of their own: a one bit, zeros, and the length in bits in the last eight bytes.
  const whole = message.length - (message.length % 64);
  last.fill(0);
  last.set(message.subarray(whole));
  last[message.length - whole] = 0x80;
  const end = message.length - whole < 56 ? 64 : 128;
  lastBlocks.setUint32(end - 8, Math.floor(message.length / 2 ** 29));
  lastBlocks.setUint32(end - 4, message.length << 3);

  state.set(INITIAL);
  const blocks = new DataView(message.buffer, message.byteOffset, message.byteLength);
  for (let offset = 0; offset < whole; offset += 64) compress(blocks, offset);
  for (let offset = 0; offset < end; offset += 64) compress(lastBlocks, offset);
  let digest = '';
  for (const word of state) digest += word.toString(16).padStart(8, '0');
  return digest;
}

const encoder = new TextEncoder();

// Room to work in, made once: most texts are short, and then making it would take longer than using it.
const state = new Uint32Array(8);
const schedule = new Uint32Array(64);
const last = new Uint8Array(128);
const lastBlocks = new DataView(last.buffer);

function compress(blocks: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = blocks.getUint32(offset + i * 4);
  for (let i = 16; i < 64; i++) {
    const before15 = schedule[i - 15] ?? 0;
    const before2 = schedule[i - 2] ?? 0;
    const s0 = rotate(before15, 7) ^ rotate(before15, 18) ^ (before15 >>> 3);
    const s1 = rotate(before2, 17) ^ rotate(before2, 19) ^ (before2 >>> 10);
    schedule[i] = (schedule[i - 16] ?? 0) + s0 + (schedule[i - 7] ?? 0) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (ROUND[i] ?? 0) + (schedule[i] ?? 0)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sum0 + majority) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
  state[4] = (state[4] ?? 0) + e;
  state[5] = (state[5] ?? 0) + f;
  state[6] = (state[6] ?? 0) + g;
  state[7] = (state[7] ?? 0) + h;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first primes: the constants of the algorithm are fractional parts of their roots (FIPS 180-4, 4.2.2 and 5.3.3). */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let next = 2; found.length < count; next++) {
    if (found.every((prime) => next % prime !== 0)) found.push(next);
  }
  return found;
}

/** The first 32 bits behind the point, exact: found with whole numbers, since no machine's roots need be trusted. */
function fractionOfRoot(prime: number, degree: 2n | 3n): number {
  const scaled = BigInt(prime) << (32n * degree);
  let low = 0n;
  let high = 1n << 48n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn);
}

const INITIAL = Uint32Array.from(primes(8), (prime) => fractionOfRoot(prime, 2n));
const ROUND = Uint32Array.from(primes(64), (prime) => fractionOfRoot(prime, 3n));
