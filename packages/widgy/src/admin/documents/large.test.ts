import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWidget } from '../../tree/index.ts';
import { testAdmin } from '../admin-fixture.ts';
import { inColumn, makePage } from './documents-admin-fixture.ts';

const admin = await testAdmin();
const ann = await admin.person('everything', 'Ann');

describe('the outline of a large document', () => {
  it('costs as many statements as that of a small one', async () => {
    const sections = (count: number, each: number) =>
      Array.from({ length: count }, (_, at) =>
        inColumn(
          `s${at}`,
          'section',
          {},
          Array.from({ length: each }, (_, index) =>
            createWidget({ id: `t${at}-${index}`, type: 'text', fields: { text: `<p>${at}.${index}</p>` } }),
          ),
        ),
      );
    const small = await makePage(admin, 'Small', sections(2, 4));
    const large = await makePage(admin, 'Large', sections(100, 9));
    const paths = [
      '/content',
      '/content/t0-0',
      '/content/t0-0/move',
      '/content/add?parent=s0',
      '/preview',
      '/history',
    ];
    for (const path of paths) {
      const counts: number[] = [];
      for (const { base } of [small, large]) {
        await ann.get(`${base}${path}`);
        counts.push(await admin.statements(() => ann.get(`${base}${path}`)));
      }
      const [few = 0, many] = counts;
      assert.equal(many, few, path);
      assert.ok(few <= 20, `${path}: ${few}`);
    }
  });
});
