import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkWidgetFields } from '../../widgets/site.ts';
import { testWidget } from '../contract/widget.ts';
import { librarySite } from '../library-fixture.ts';

testWidget('html', {
  shows: [
    [
      'what is harmless of the markup',
      { fields: { markup: '<p class="x" onclick="y">a</p><script>z</script>' } },
      '<div class="w-html w-prose"><p>a</p></div>',
    ],
  ],
  previews: [['that nothing is written', {}, '<p class="w-placeholder">Write HTML.</p>']],
  places: [['one-column/html'], ['callout-body/html'], ['figure/html']],
});

it('HTML is sanitised when it is kept, too', () => {
  const checked = checkWidgetFields(librarySite, 'html', { markup: '<p onclick="y">a</p>' });
  assert.deepEqual(checked, { ok: true, fields: { markup: '<p>a</p>' } });
});
