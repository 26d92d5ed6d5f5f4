import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readBody } from './read-body.ts';

/** Bytes that a form without files may have: all fields of a large widget fit. */
export const MAX_FORM_BYTES = 4 * 1024 * 1024;

/** Bytes that a form of somebody who is not signed in may have: all but the largest ones are kept for those whose session has ended. */
export const MAX_STRANGER_FORM_BYTES = 256 * 1024;

/** Bytes that the form to sign in may have: with one that was kept, which is larger in another form. */
export const MAX_SIGN_IN_FORM_BYTES = 1024 * 1024;

/** Fields that a form may have. */
export const MAX_FORM_FIELDS = 5_000;

/** A file that came with a form. */
export interface SentFile {
  readonly field: string;
  /** As the browser calls it; nothing in it is to be trusted. */
  readonly name: string;
  /** What the browser takes it for. */
  readonly type: string;
  /** One that is larger than it may be ends one byte behind that: whoever keeps it sees so, and can say it beside the form. */
  readonly bytes: Buffer;
}

/** A form that was sent: its fields in their order, and its files. */
export class FormBody {
  readonly #fields: URLSearchParams;
  readonly files: readonly SentFile[];

  constructor(fields: URLSearchParams, files: readonly SentFile[] = []) {
    this.#fields = fields;
    this.files = files;
  }

  /** All fields, those of one name one after the other. */
  get entries(): readonly (readonly [string, string])[] {
    return [...this.#fields];
  }

  /** The first field of a name; undefined where there is none. */
  text(name: string): string | undefined {
    return this.#fields.get(name) ?? undefined;
  }

  /** All fields of a name. */
  texts(name: string): readonly string[] {
    return this.#fields.getAll(name);
  }
}

/** What forms are taken with. */
export interface FormOptions {
  /** Bytes that one file may have. */
  readonly fileBytes: number;
  /** Bytes that the fields of this request may have; up to {@link MAX_FORM_BYTES}. */
  readonly fieldBytes: (request: FastifyRequest) => Promise<number>;
}

/**
 * Lets the routes of a scope take forms: their bodies are {@link FormBody}. What is larger than its limit gets the answer 413, but for
 * files, which are cut off behind theirs.
 */
export async function takeForms(
  scope: FastifyInstance,
  { fileBytes, fieldBytes }: FormOptions,
): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(URL_ENCODED, async (request: FastifyRequest, body: Readable) =>
    readFields(await readBody(body, { kept: await fieldBytes(request), read: MAX_FORM_BYTES })),
  );
  await scope.register(multipart, {
    limits: {
      fileSize: fileBytes + 1,
      files: 1,
      fields: 100,
      fieldSize: 10_000,
      parts: 101,
      headerPairs: 100,
    },
    throwFileSizeLimit: false,
  });
  scope.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    const fields = new URLSearchParams();
    const files: SentFile[] = [];
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const { fieldname: field, filename, mimetype: type } = part;
        // Where none was chosen there is no name, whatever its type says.
        files.push({ field, name: filename ?? '', type, bytes: await part.toBuffer() });
      } else fields.append(part.fieldname, String(part.value));
    }
    request.body = new FormBody(fields, files);
  });
}

/**
 * The form of a request that failed before its form was read; undefined where it sent none, or files with it.
 *
 * @param kept bytes that its fields may have
 */
export async function readUnreadForm(request: FastifyRequest, kept: number): Promise<FormBody | undefined> {
  if (request.body instanceof FormBody) return request.body;
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== URL_ENCODED || request.raw.readableDidRead) return undefined;
  return readFields(await readBody(request.raw, { kept, read: MAX_FORM_BYTES }));
}

/** How browsers send forms without files. */
const URL_ENCODED = 'application/x-www-form-urlencoded';

/** Fields are counted before they are read: reading very many of them takes longer than their number. */
function readFields(text: string): FormBody {
  let fields = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    fields += 1;
    if (fields > MAX_FORM_FIELDS)
      throw Object.assign(new Error('the form has too many fields'), { statusCode: 413 });
  }
  return new FormBody(new URLSearchParams(text));
}
