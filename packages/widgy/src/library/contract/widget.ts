import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResolvedReferences } from '../../rendering/references.ts';
import type { JsonObject } from '../../tree/json.ts';
import { counter } from '../../tree/random-fixture.ts';
import { checkTree } from '../../tree/rules/check-tree.ts';
import { newWidget } from '../../tree/rules/new-widget.ts';
import { createTree } from '../../tree/tree.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { checkWidgetFields } from '../../widgets/site.ts';
import { submissionOf } from '../../widgets/submit-fixture.ts';
import { printWidgetForm, readWidgetForm, widgetForm } from '../../widgets/widget-form.ts';
import { librarySite, nest, show, tidy } from '../library-fixture.ts';
import { assertHarmless, hostileFields, hostileReferences } from './hostile.ts';

/** What one widget of the library has to do. */
export interface WidgetExpectations {
  /** What it prints for visitors. Spaces between elements are left out. */
  readonly shows: readonly WidgetCase[];
  /** What it prints for those who edit, without what previews add. */
  readonly previews?: readonly WidgetCase[];
  /** Where it may stand and what may stand in it, as types inside one another; and the code of the refusal where they may not. */
  readonly places: readonly (readonly [path: string, code?: string])[];
  /** Fields that are refused, and the one that is to blame. */
  readonly refuses?: readonly (readonly [what: string, fields: JsonObject, path: string])[];
  /** Whether it shows what was typed as it is. Default: false. */
  readonly isUnsafe?: boolean;
}

/** Fields, and what they become. */
export type WidgetCase = readonly [
  what: string,
  parts: {
    readonly fields?: JsonObject;
    readonly children?: readonly Widget[];
    readonly references?: ResolvedReferences;
  },
  html: string,
];

/** Tests of what holds for every widget of the library, and of what one is expected to show. */
export function testWidget(type: string, expected: WidgetExpectations): void {
  const { shows, previews = [], places, refuses = [], isUnsafe = false } = expected;
  const known = librarySite.types.get(type);
  assert.ok(known !== undefined, `the library has no "${type}"`);
  const { definition, fields } = known;
  const widget = ({ fields: own = {}, children = [] }: WidgetCase[1]) =>
    createWidget({ id: 'w1', type, fields: own, children });

  describe(`the widget "${type}"`, () => {
    for (const [what, parts, html] of shows) {
      it(`shows ${what}`, async () => {
        const { references = new Map() } = parts;
        assert.equal(tidy(await show(widget(parts), { references })), html);
      });
    }

    for (const [what, parts, html] of previews) {
      it(`shows those who edit ${what}`, async () => {
        const { references = new Map() } = parts;
        const shown = await show(widget(parts), { references, purpose: 'preview' });
        assert.equal(tidy(shown.replace(/<!--.*?-->| data-widgy-[a-z]+="[^"]*"/g, '')), html);
      });
    }

    for (const [path, code] of places) {
      it(code === undefined ? `may be ${path}` : `may not be ${path}`, () => {
        const nested = nest(path);
        assert.equal(typeof nested === 'string' ? nested : undefined, code);
      });
    }

    for (const [what, given, path] of refuses) {
      it(`refuses ${what}`, () => {
        const checked = checkWidgetFields(librarySite, type, given);
        assert.ok(!checked.ok, 'it was not refused');
        assert.deepEqual(
          checked.errors.map((error) => error.path),
          [path],
        );
      });
    }

    it('is harmless whatever is in its fields', async () => {
      for (const purpose of ['public', 'preview'] as const) {
        if (isUnsafe && purpose === 'public') continue;
        for (const given of hostileFields(fields)) {
          for (const references of [new Map(), hostileReferences]) {
            const shown = await show(widget({ fields: given }), { purpose, references });
            assertHarmless(shown, JSON.stringify(given));
          }
        }
      }
    });

    it('is within the rules when it is new', () => {
      const made = newWidget(librarySite.catalogue, type, counter('n'));
      assert.ok(made !== undefined);
      const violations = checkTree(createTree(made), librarySite.catalogue);
      const isRoot = definition.rules.isRootChoice === true;
      assert.deepEqual(
        violations.map(({ code }) => code),
        isRoot ? [] : ['not-root-choice'],
      );
    });

    it('says in plain words what it and its fields are for', () => {
      assert.match(definition.label, /^[A-Z]/);
      assert.match(definition.description ?? '', /^[A-Z].*\.$/);
      for (const { name, label, help = 'None.' } of fields) {
        const own = definition.fields.shape[name];
        assert.ok(own && 'meta' in own, name);
        assert.match(label, /^[A-Z][^.]*$/, name);
        assert.match(help, /^[A-Z].*\.$/, name);
      }
      const labelled = Object.entries(definition.formSchema.properties ?? {}).filter(
        ([, property]) => typeof property === 'object' && typeof property.label === 'string',
      );
      assert.equal(labelled.length, fields.length, 'each field has a label of its own');
    });

    it('has a form that gives back what it was given', () => {
      const made = newWidget(librarySite.catalogue, type, counter('n'));
      const current = made?.fields ?? {};
      const printed = printWidgetForm(librarySite, widgetForm(librarySite, type, current)).toString();
      const read = readWidgetForm(librarySite, type, submissionOf(printed), {});
      assert.deepEqual(read, { status: 'read', fields: current });
    });
  });
}
