import { TextDecoder } from 'node:util';
import { CompressorError, type Place } from '../errors.ts';

/**
 * The text of a source. A byte order mark decides, then the declared encoding, then `@charset` of a style sheet, then UTF-8.
 *
 * @param charset a label of the WHATWG Encoding Standard
 * @throws CompressorError `source-encoding` with the place of the first wrong byte, `encoding-unknown`
 */
export function decode(bytes: Uint8Array, name: string, charset: string | undefined): string {
  const label = byteOrderMark(bytes) ?? charset ?? declaredCharset(bytes, name) ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw new CompressorError('encoding-unknown', {
      message: `"${label}" is not the name of an encoding`,
      place: { file: name },
      cause,
    });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CompressorError('source-encoding', {
      message: `a byte is not valid ${decoder.encoding}`,
      place: firstInvalid(bytes, name, label),
      cause,
    });
  }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** CSS Syntax Level 3, 3.2: the rule must be the first bytes of the file, written exactly so. */
function declaredCharset(bytes: Uint8Array, name: string): string | undefined {
  if (!/\.(css|scss|sass|less|styl)$/.test(name)) return undefined;
  const start = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  return /^@charset "([^"]+)";/.exec(start)?.[1];
}

function firstInvalid(bytes: Uint8Array, name: string, label: string): Place {
  const text = new TextDecoder(label).decode(bytes);
  const lines = text.slice(0, Math.max(0, text.indexOf('\uFFFD'))).split('\n');
  return { file: name, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
