import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectStatus, testApi } from './api-fixture.ts';
import { compileComponent, objectIn, openApi } from './checked-fixture.ts';
import { ROUTES } from './routes/index.ts';
import { COMPONENTS } from './schemas/index.ts';

describe('the OpenAPI document', () => {
  for (const name of Object.keys(COMPONENTS)) {
    it(`has a valid JSON Schema of ${name}`, () => {
      assert.equal(typeof compileComponent(name), 'function');
    });
  }

  it('has every route of the server, and no other', async () => {
    const registered: string[] = [];
    const { ask } = await testApi({
      prepare(app) {
        app.addHook('onRoute', ({ method, url, config }) => {
          if (config?.widgyMethods === undefined && method !== 'HEAD') registered.push(`${method} ${url}`);
        });
      },
    });
    const described = Object.entries(objectIn(openApi.paths)).flatMap(([path, operations]) =>
      Object.keys(objectIn(operations)).map(
        (method) => `${method.toUpperCase()} /api${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    assert.deepEqual(registered.toSorted(), described.toSorted());
    assert.equal(registered.length, ROUTES.length);
    assert.deepEqual(expectStatus(await ask('GET /openapi.json'), 200), openApi);
  });

  it('has a schema for every body', () => {
    for (const { method, path, name } of ROUTES) {
      if (method !== 'POST' && method !== 'PUT') continue;
      const described = objectIn(objectIn(openApi.paths)[path.replaceAll(/:(\w+)/g, '{$1}')]);
      const { requestBody } = objectIn(described[method.toLowerCase()]);
      const { schema } = objectIn(objectIn(objectIn(requestBody).content)['application/json']);
      assert.match(String(objectIn(schema).$ref), /^#\/components\/schemas\/\w+$/, name);
    }
  });
});
