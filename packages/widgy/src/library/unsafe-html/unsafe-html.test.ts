import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineSite } from '../../widgets/site.ts';
import { testWidget } from '../contract/widget.ts';
import { library, libraryKinds } from '../library.ts';
import { unsafeHtml } from './unsafe-html.ts';

const MARKUP = '<script>start()</script><p onclick="x()">a</p>';

testWidget('unsafe-html', {
  isUnsafe: true,
  shows: [['what was typed, as it is', { fields: { markup: MARKUP } }, MARKUP]],
  previews: [
    [
      'the source, which does not run',
      { fields: { markup: '<script>x</script>' } },
      '<div class="w-placeholder"><strong>Unsafe HTML</strong>: shown on the page as it is typed, and not run here.<pre>&lt;script&gt;x&lt;/script&gt;</pre></div>',
    ],
  ],
  places: [['one-column/unsafe-html'], ['callout-body/unsafe-html', 'parent-refuses']],
});

describe('unsafe HTML', () => {
  it('is not among the widgets that every site may have', () => {
    assert.ok(!library.some(({ type }) => type === unsafeHtml.type));
  });

  it('needs its kind of field, which a site names itself', () => {
    assert.throws(
      () =>
        defineSite({
          folder: import.meta.dirname,
          widgets: [...library, unsafeHtml],
          kinds: libraryKinds,
        }),
      { code: 'field-invalid', message: /unknown kind "unsafe-html"/ },
    );
  });

  it('has permissions of its own', () => {
    assert.deepEqual(unsafeHtml.permissions, {
      add: 'unsafe-html:add',
      change: 'unsafe-html:change',
      delete: 'unsafe-html:delete',
    });
  });
});
