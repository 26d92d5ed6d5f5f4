import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCode } from '../../database/contract/fixtures.ts';
import { authorOf } from '../../documents/author.ts';
import { defineWidget } from '../../widgets/define-widget.ts';
import { isPermitted } from '../../widgets/permissions.ts';
import { defineSite } from '../../widgets/site.ts';
import { catalogue, harbour } from '../accounts-fixture.ts';
import { BUILT_IN_ROLES } from '../roles/role.ts';
import { definePermissions } from './define-permissions.ts';
import { FEATURES } from './features.ts';
import { type Grant, lackedOf, may, type Permitted, permissionsFor, type Rights } from './rights.ts';

const granted = (permitted: Permitted, site = '*'): Grant => ({ site, role: 'any', permitted });
const names = (...all: string[]): ReadonlySet<string> => new Set(all);
const builtIn = (role: string) => granted(BUILT_IN_ROLES.get(role)?.permitted ?? names());
const rights = (...grants: readonly Grant[]): Rights => ({ grants, catalogue });

describe('definePermissions', () => {
  it('has the features, all types at once, and each type', () => {
    const special = [...catalogue.all.values()].filter(({ isSpecial }) => isSpecial).map(({ name }) => name);
    assert.deepEqual(special, ['raw-html:add', 'raw-html:change', 'raw-html:delete']);
    assert.deepEqual([...catalogue.all.keys()].slice(FEATURES.length, FEATURES.length + 5), [
      '*:add',
      '*:change',
      '*:delete',
      'note:add',
      'note:change',
    ]);
    assert.equal(catalogue.all.size, FEATURES.length + 3 * 4);
  });

  const feature = { name: 'shop.refund', label: 'Give money back', group: 'Shop' };
  it('takes features of the site', () => {
    const own = definePermissions(harbour, { features: [...FEATURES, feature] });
    assert.deepEqual(own.all.get('shop.refund'), { ...feature, isSpecial: false });
    assert.equal(
      may({ rights: { catalogue: own, grants: [builtIn('administrator')] } }, 'shop.refund', 'a'),
      true,
    );
  });

  const wrong = [
    [{ ...feature, name: 'refund' }],
    [{ ...feature, name: 'shop.refund:add' }],
    [{ ...feature, name: '*.refund' }],
    [{ ...feature, label: ' ' }],
    [{ ...feature, group: '' }],
    [feature, feature],
  ];
  for (const features of wrong) {
    it(`refuses ${JSON.stringify(features)}`, () => {
      assert.throws(() => definePermissions(harbour, { features }), withCode('permission-invalid'));
    });
  }

  it('refuses special types that there are not', () => {
    assert.throws(() => definePermissions(harbour, { special: ['raw-htm'] }), withCode('name-unknown'));
  });
});

describe('may', () => {
  const cases: readonly [
    what: string,
    grants: readonly Grant[],
    asked: string,
    site: string,
    isAllowed: boolean,
  ][] = [
    ['nobody', [], 'pages.read', 'a', false],
    ['a name', [granted(names('pages.read'))], 'pages.read', 'a', true],
    ['another name', [granted(names('pages.read'))], 'pages.edit', 'a', false],
    ['a role of the site', [granted(names('pages.read'), 'a')], 'pages.read', 'a', true],
    ['a role of another site', [granted(names('pages.read'), 'b')], 'pages.read', 'a', false],
    ['one of several', [granted(names('pages.edit')), granted(names('pages.read'))], 'pages.read', 'a', true],
    ['a type', [granted(names('note:add'))], 'note:add', 'a', true],
    ['another action', [granted(names('note:add'))], 'note:change', 'a', false],
    ['all types', [granted(names('*:add'))], 'note:add', 'a', true],
    ['all types, another action', [granted(names('*:add'))], 'note:delete', 'a', false],
    ['all types but special ones', [granted(names('*:add'))], 'raw-html:add', 'a', false],
    ['a special one by name', [granted(names('raw-html:add'))], 'raw-html:add', 'a', true],
    ['everything', [granted('everything')], 'raw-html:add', 'a', true],
    ['everything elsewhere', [granted('everything', 'b')], 'pages.read', 'a', false],
    ['what there is not', [granted('everything')], 'pages.reed', 'a', false],
    ['what there is not any more', [granted(names('old.thing'))], 'old.thing', 'a', false],
    ['a type that is gone', [granted(names('*:add', '*:delete'))], 'gone:delete', 'a', true],
    ['adding a type that is gone', [granted(names('*:add', 'gone:add'))], 'gone:add', 'a', false],
    ['the star itself', [granted('everything')], '*:add', 'a', false],
    ['deleting what is no type', [granted('everything')], '__proto__:delete', 'a', false],
    ['deleting by half a name', [granted('everything')], ':delete', 'a', false],
    ['an action that there is not', [granted('everything')], 'note:constructor', 'a', false],
    ['an author who edits', [builtIn('author')], 'pages.edit', 'a', true],
    ['an author who publishes', [builtIn('author')], 'pages.publish', 'a', false],
    ['an editor who publishes', [builtIn('editor')], 'pages.publish', 'a', true],
    ['an editor and special widgets', [builtIn('editor')], 'raw-html:change', 'a', false],
    ['an editor and people', [builtIn('editor')], 'users.manage', 'a', false],
    ['an administrator', [builtIn('administrator')], 'users.manage', 'a', true],
  ];
  for (const [what, grants, asked, site, isAllowed] of cases) {
    it(`${isAllowed ? 'allows' : 'refuses'} ${what}`, () => {
      assert.equal(may({ rights: rights(...grants) }, asked, site), isAllowed);
    });
  }

  it('knows all features that built-in roles name', () => {
    for (const { permitted } of BUILT_IN_ROLES.values()) {
      if (permitted === 'everything') continue;
      assert.deepEqual(
        [...permitted].filter((name) => !catalogue.all.has(name)),
        [],
      );
    }
  });
});

describe('what somebody lacks of what they give', () => {
  const cases: readonly [
    what: string,
    own: readonly Grant[],
    given: readonly Grant[],
    lacked: readonly string[],
  ][] = [
    ['nothing of nothing', [], [], []],
    ['what they have', [granted(names('pages.read'))], [granted(names('pages.read'), 'a')], []],
    ['another', [granted(names('pages.read'))], [granted(names('pages.read', 'pages.edit'))], ['pages.edit']],
    ['more sites', [granted(names('pages.read'), 'a')], [granted(names('pages.read'))], ['pages.read']],
    ['another site', [granted('everything', 'a')], [granted(names('pages.read'), 'b')], ['pages.read']],
    ['all types', [granted(names('note:add', 'slideshow:add'))], [granted(names('*:add'))], ['*:add']],
    ['one of all types', [granted(names('*:add'))], [granted(names('note:add'))], []],
    ['a special type', [granted(names('*:add'))], [granted(names('raw-html:add'))], ['raw-html:add']],
    ['everything', [builtIn('editor')], [granted('everything')], ['*']],
    ['nothing of everything', [granted('everything')], [granted('everything'), granted(names('x.y'))], []],
    ['everything everywhere', [granted('everything', 'a')], [granted('everything')], ['*']],
  ];
  for (const [what, own, given, lacked] of cases) {
    it(`is told: ${what}`, () => assert.deepEqual(lackedOf(rights(...own), given), lacked));
  }
});

describe('permissionsFor', () => {
  const site = defineSite({
    folder: import.meta.dirname,
    widgets: [defineWidget({ type: 'note', label: 'Note', isRootChoice: true, files: [] })],
    permissions: permissionsFor('a'),
  });
  const own = definePermissions(site);
  const user = (permitted: Permitted, at: string) => ({
    rights: { catalogue: own, grants: [granted(permitted, at)] },
  });

  it('lets roles decide about widgets, for authors too', async () => {
    const ann = user(names('*:add'), 'a');
    assert.equal(await isPermitted(site, ann, 'add', 'note'), true);
    assert.equal(await isPermitted(site, ann, 'delete', 'note'), false);
    assert.equal(await isPermitted(site, user(names('*:add'), 'b'), 'add', 'note'), false);
    assert.equal(await authorOf(site, ann, 'ann').may('add', 'note'), true);
    assert.equal(await authorOf(site, ann, 'ann').may('change', 'note'), false);
  });

  it('permits nothing to nobody', async () => {
    for (const nobody of [null, undefined])
      assert.equal(await isPermitted(site, nobody, 'add', 'note'), false);
  });
});
