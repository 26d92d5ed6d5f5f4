import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { WidgyError } from '../../errors.ts';
import { MAX_HASHES_AT_ONCE, MAX_HASHES_WAITING } from '../limits.ts';
import { createQueue } from './queue.ts';

/** What Argon2id costs. */
export interface HashParameters {
  /** KiB of memory. */
  readonly memory: number;
  /** How often it goes through the memory. */
  readonly passes: number;
  readonly lanes: number;
}

/**
 * What OWASP recommends.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
export const HASH_PARAMETERS: HashParameters = { memory: 19_456, passes: 2, lanes: 1 };

const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** The result of work; undefined when too much work waits already. */
export type UnlessBusy<T> = T | undefined;

/** Hashes passwords with Argon2id, so many at once. */
export interface PasswordHasher {
  /** The hash of a password, as PHC text. */
  hash(password: string): Promise<UnlessBusy<string>>;
  /** Whether it is the password. Without a hash it is not, after the same work. */
  verify(hash: string | undefined, password: string): Promise<UnlessBusy<boolean>>;
  /** Whether a hash was made with other parameters than these. */
  isOutdated(hash: string): boolean;
}

/** What a hasher is made with. */
export interface HasherOptions {
  /** Default: {@link HASH_PARAMETERS}. */
  readonly parameters?: HashParameters;
  /** Passwords that are worked on at once. Default: {@link MAX_HASHES_AT_ONCE}. */
  readonly atOnce?: number;
  /** Passwords that may wait. Default: {@link MAX_HASHES_WAITING}. */
  readonly waiting?: number;
}

/** Makes a hasher. One is meant for a process. */
export function createPasswordHasher({
  parameters = HASH_PARAMETERS,
  atOnce = MAX_HASHES_AT_ONCE,
  waiting = MAX_HASHES_WAITING,
}: HasherOptions = {}): PasswordHasher {
  const { memory, passes, lanes } = parameters;
  const queue = createQueue(atOnce, waiting);
  const options = { memoryCost: memory, timeCost: passes, parallelism: lanes, outputLen: HASH_BYTES };
  const nobodys = hashOfNobody(parameters);
  return {
    hash: (password) => queue.run(() => hash(bytesOf(password), options)),
    verify: (known, password) =>
      queue.run(async () => {
        const isRight = await verify(readable(known ?? nobodys), bytesOf(password));
        return isRight && known !== undefined;
      }),
    isOutdated(known) {
      const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(readable(known));
      return (
        memoryCost !== memory || timeCost !== passes || parallelism !== lanes || outputLen !== HASH_BYTES
      );
    },
  };
}

/** Gives back a hash. @throws WidgyError `stored-invalid` for what is none */
function readable(known: string): string {
  try {
    parseOptions(known);
    return known;
  } catch (cause) {
    throw new WidgyError('stored-invalid', { message: 'the hash of a password cannot be read', cause });
  }
}

/**
 * Passwords are compared in NFKC, so that it does not matter which keyboard made an accent. Bytes, since what a native module does with half
 * of a surrogate pair is its own affair.
 */
function bytesOf(password: string): Uint8Array {
  return Buffer.from(password.normalize('NFKC').toWellFormed());
}

/** A hash that no password is known for: comparing with it takes as long as comparing with one that was made. */
function hashOfNobody({ memory, passes, lanes }: HashParameters): string {
  const part = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${part(SALT_BYTES)}$${part(HASH_BYTES)}`;
}
