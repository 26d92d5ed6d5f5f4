import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CompressorError } from '../errors.ts';
import {
  type CodeGoal,
  type Goal,
  type Group,
  isGoal,
  isOwnGoal,
  packSource,
  type Source,
  unpackSource,
} from './recipe.ts';

/** A group, and the name its artifact gets: all that a server needs to build what a URL asks for. */
export interface NamedGroup extends Group {
  readonly name: string;
}

const GOALS: readonly CodeGoal[] = ['style', 'classic', 'module'];
const SIGNATURE_BYTES = 16;

/**
 * Packs a group into text that is safe in a URL: deflated JSON in base64url.
 *
 * @throws CompressorError `recipe-too-long` for a group that {@link unpackGroup} would refuse
 */
export function packGroup(group: NamedGroup): string {
  const { goal } = group;
  const data = [isOwnGoal(goal) ? goal : GOALS.indexOf(goal), group.name, ...group.sources.map(packSource)];
  const json = Buffer.from(JSON.stringify(data));
  if (json.length > UNPACKED_BYTES) {
    throw new CompressorError('recipe-too-long', {
      message: `a group with inline text has ${json.length} bytes; the limit is ${UNPACKED_BYTES}`,
      help: 'Move the inline text into a file.',
    });
  }
  return deflateRawSync(json, { level: 9 }).toString('base64url');
}

/** Reverses {@link packGroup}; undefined for a text that it never gave. Only signed text may be unpacked. */
export function unpackGroup(packed: string): NamedGroup | undefined {
  let data: unknown;
  try {
    data = JSON.parse(
      inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: UNPACKED_BYTES }).toString(),
    );
  } catch {
    return undefined; // Not deflated JSON: not ours.
  }
  if (!Array.isArray(data)) return undefined;
  const [packedGoal, name, ...packedSources]: unknown[] = data;
  const goal = goalOf(packedGoal);
  const sources = packedSources.map(unpackSource).filter((source): source is Source => source !== undefined);
  if (goal === undefined || typeof name !== 'string' || sources.length !== packedSources.length)
    return undefined;
  return { goal, name, sources };
}

/** Those that are built in are known by a number, which is shorter. */
function goalOf(packed: unknown): Goal | undefined {
  if (typeof packed === 'number') return GOALS[packed];
  return isGoal(packed) && isOwnGoal(packed) ? packed : undefined;
}

/** No recipe is larger than this when unpacked, in bytes. */
const UNPACKED_BYTES = 4 * 1024 * 1024;

/** Names a packed group that is too long for a URL and is kept in the storage instead. */
export function storedName(packed: string): string {
  return createHash('sha256').update(packed).digest('base64url').slice(0, 22);
}

/** The folder of a URL that carries a recipe: the text (marked as packed or stored), a dot, and its signature. */
export function signFolder(content: { packed: string } | { stored: string }, secret: string): string {
  const text = 'packed' in content ? `p${content.packed}` : `s${content.stored}`;
  return `${text}.${signature(text, secret).toString('base64url')}`;
}

/**
 * Reverses {@link signFolder}; undefined if none of the secrets made the signature. Takes the same time wherever a
 * forged signature differs.
 */
export function verifyFolder(
  folder: string,
  secrets: readonly string[],
): { packed: string } | { stored: string } | undefined {
  const match = /^([ps])([\w-]+)\.([\w-]{22})$/.exec(folder);
  const [, mark, content, given] = match ?? [];
  if (mark === undefined || content === undefined || given === undefined) return undefined;
  const bytes = Buffer.from(given, 'base64url');
  if (bytes.length !== SIGNATURE_BYTES || bytes.toString('base64url') !== given) return undefined;
  const valid = secrets.some((secret) => timingSafeEqual(bytes, signature(mark + content, secret)));
  if (!valid) return undefined;
  return mark === 'p' ? { packed: content } : { stored: content };
}

/** The first 128 bits of HMAC-SHA-256 (RFC 2104), bound to this use of the secret. */
function signature(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`widgy-recipe:${text}`).digest().subarray(0, SIGNATURE_BYTES);
}
