import { z } from 'zod';
import { PROBLEMS } from './problem.ts';
import type { AnswerDescription, RouteDescription } from './route.ts';
import { SAFE_METHODS } from './same-origin.ts';
import { COMPONENTS } from './schemas/index.ts';
import { Problem } from './schemas/problem.ts';

/** Part of an OpenAPI document. */
type Json = Readonly<Record<string, unknown>>;

const HERE = '#/components/schemas/';

/**
 * Describes routes as an OpenAPI 3.1 document. Bodies and answers are components by their names, so that a client that is generated
 * from it has types for them.
 *
 * @param prefix what the paths of the routes begin with
 */
export function describeApi(routes: readonly RouteDescription[], prefix: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Widgy', version: '1' },
    servers: [{ url: prefix === '' ? '/' : prefix }],
    paths,
    components: { schemas: componentSchemas() },
  };
}

function describeRoute(route: RouteDescription): Json {
  const { name, summary, policy, body, answers, method } = route;
  const hasBody = !(body instanceof z.ZodUndefined);
  const isSafe = SAFE_METHODS.includes(method);
  const parameters = [
    ...parametersIn('path', route.params),
    ...parametersIn('query', route.query),
    { name: 'Widgy-Author', in: 'header', schema: { type: 'string' } },
    ...(route.isRepeatable === true
      ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', minLength: 1, maxLength: 128 } }]
      : []),
  ];
  const described = Object.entries(answers).map(
    ([status, answer]) => [status, describeAnswer(answer)] as const,
  );
  const refused = refusalStatuses(route, { hasBody, isSafe }).map(
    (status) => [String(status), PROBLEM_ANSWER] as const,
  );
  return {
    operationId: name,
    summary,
    'x-widgy-policy': policy,
    parameters,
    ...(hasBody ? { requestBody: { required: true, content: jsonContent(body) } } : {}),
    responses: Object.fromEntries([...described, ...refused]),
  };
}

/** What any route of its form may be refused with. */
function refusalStatuses(
  { path }: RouteDescription,
  { hasBody, isSafe }: { readonly hasBody: boolean; readonly isSafe: boolean },
): readonly number[] {
  const isAboutSomething = path.includes(':');
  const possible: Readonly<Record<number, boolean>> = {
    404: isAboutSomething,
    405: false,
    409: isAboutSomething || !isSafe,
    413: hasBody,
    415: !isSafe,
  };
  const all = new Set(Object.values(PROBLEMS).map(({ status }) => status));
  return [...all].filter((status) => possible[status] ?? true);
}

const PROBLEM_ANSWER = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: { $ref: `${HERE}${nameOf(Problem)}` } } },
};

function describeAnswer({ what, schema, texts = [] }: AnswerDescription): Json {
  const content = {
    ...(schema === undefined ? {} : jsonContent(schema)),
    ...Object.fromEntries(texts.map((type) => [type, { schema: { type: 'string' } }])),
  };
  return { description: what, ...(Object.keys(content).length === 0 ? {} : { content }) };
}

function jsonContent(schema: z.ZodType): Json {
  return { 'application/json': { schema: { $ref: `${HERE}${nameOf(schema)}` } } };
}

function parametersIn(part: 'path' | 'query', schema: z.ZodType): readonly Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    return { name, in: part, required: required.includes(name), schema: property };
  });
}

/** The components as JSON Schemas that name one another. */
function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(COMPONENTS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `${HERE}${id}`,
    override({ jsonSchema }) {
      const { is } = jsonSchema;
      if (typeof is !== 'string') return;
      delete jsonSchema.is;
      jsonSchema.$ref = `${HERE}${is}`;
    },
  });
  const bare = Object.entries(schemas).map(([name, schema]) => {
    const { $id: _, $schema: __, ...rest } = schema;
    return [name, rest] as const;
  });
  return Object.fromEntries(bare);
}

function nameOf(schema: z.ZodType): string {
  const found = Object.entries(COMPONENTS).find(([, component]) => component === schema);
  if (found !== undefined) return found[0];
  throw new Error('A route has a body or an answer that is no component.');
}
