import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

/** Bytes that a form without files may have: all fields of a large widget fit. */
export const MAX_FORM_BYTES = 4 * 1024 * 1024;

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

/**
 * Lets the routes of a scope take forms: their bodies are {@link FormBody}. What is larger than its limit gets the answer 413, but for
 * files, which are cut off behind theirs.
 *
 * @param fileBytes that one file may have
 */
export async function takeForms(scope: FastifyInstance, fileBytes: number): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_, text, done) => {
      const fields = new URLSearchParams(text);
      if (fields.size <= MAX_FORM_FIELDS) done(null, new FormBody(fields));
      else done(Object.assign(new Error('the form has too many fields'), { statusCode: 413 }));
    },
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
