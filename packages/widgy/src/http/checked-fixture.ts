import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isPlainObject, type PlainObject } from '../tree/problems.ts';
import { describeApi } from './open-api.ts';
import { ROUTES } from './routes/index.ts';

/** An answer as tests look at it. */
export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The value of a JSON answer; an empty object for all others. */
  readonly json: PlainObject;
}

/** The OpenAPI document, read back from its text. */
export const openApi = objectIn(JSON.parse(JSON.stringify(describeApi(ROUTES, '/api'))));

/** Schemas of the OpenAPI document, compiled: `Widget`, `Problem`. */
export const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
addFormats.default(ajv);
const BASE = 'https://example.com/openapi';
// The document is no schema, but its schemas are found in it by their references.
ajv
  .addKeyword('openapi')
  .addKeyword('info')
  .addKeyword('servers')
  .addKeyword('paths')
  .addKeyword('components');
ajv.addSchema({ ...openApi, $id: BASE });

/** Compiles a component. */
export function compileComponent(name: string) {
  return ajv.getSchema(`${BASE}#/components/schemas/${name}`) ?? assert.fail(`there is no ${name}`);
}

/** The value as an object; fails for any other. */
export function objectIn(value: unknown): PlainObject {
  return isPlainObject(value) ? value : assert.fail(`${JSON.stringify(value)} is no object`);
}

/** The value as a list; fails for any other. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : assert.fail(`${JSON.stringify(value)} is no list`);
}

/**
 * Fails unless an answer is what the OpenAPI document says of it: its status is one of the route's, its type one of the status's, and
 * its value fits the schema. What no route answers must be a problem.
 */
export function checkAnswer(method: string, url: string, answer: CheckedAnswer): void {
  const where = `${method} ${url.slice(0, 100)} ${answer.status} ${answer.text.slice(0, 400)}`;
  const [path = ''] = url.split('?');
  const route = ROUTES.find(
    (each) => each.method === method && new RegExp(`^/api${each.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
  );
  const [type] = String(answer.headers['content-type'] ?? '').split(';');
  if (route === undefined) {
    assert.equal(type, 'application/problem+json', where);
    assertValid('Problem', answer.json, where);
    return;
  }
  const described = objectIn(objectIn(openApi.paths)[route.path.replaceAll(/:(\w+)/g, '{$1}')]);
  const { responses } = objectIn(described[method.toLowerCase()]);
  const response = objectIn(objectIn(responses)[answer.status] ?? assert.fail(`not described: ${where}`));
  if (response.content === undefined) {
    assert.equal(answer.text, '', where);
    return;
  }
  const content = objectIn(objectIn(response.content)[type ?? ''] ?? assert.fail(`not described: ${where}`));
  const { $ref } = objectIn(content.schema);
  if (typeof $ref === 'string') assertValid($ref.split('/').at(-1) ?? '', answer.json, where);
}

/** Fails unless a value fits a component. */
export function assertValid(component: string, value: unknown, where: string): void {
  const validate = compileComponent(component);
  assert.ok(validate(value), `${where}\nis no ${component}: ${ajv.errorsText(validate.errors)}`);
}
