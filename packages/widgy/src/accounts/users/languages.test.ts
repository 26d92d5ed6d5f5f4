import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { knownLanguage, LANGUAGES, languageFor } from './languages.ts';

describe('the language that somebody is spoken to in', () => {
  const cases: readonly (readonly [
    what: string,
    chosen: string | null,
    accepted: string | undefined,
    tag: string,
  ])[] = [
    ['nobody said anything', null, undefined, 'en'],
    ['an empty header', null, '', 'en'],
    ['what the account says', 'de', 'en', 'de'],
    ['what the account says, with a region', 'de-AT', 'en', 'de'],
    ['in capitals', 'DE', 'en', 'de'],
    ['an account with a language that there is not', 'pt-BR', 'de', 'de'],
    ['no prefix of a name', 'den', undefined, 'en'],
    ['what the browser says', null, 'de', 'de'],
    ['with a region and a script', null, 'de-Latn-AT', 'de'],
    ['the first of several', null, 'de, en', 'de'],
    ['the weightiest', null, 'en;q=0.5, de;q=0.8', 'de'],
    ['what has no weight has the most', null, 'en;q=0.9, de', 'de'],
    ['of equal ones the first', null, 'de;q=0.7, en;q=0.7', 'de'],
    ['only what there is', null, 'fr-CH, fr;q=0.9, de;q=0.7, en;q=0.6, *;q=0.5', 'de'],
    ['nothing of what there is', null, 'fr, it;q=0.8', 'en'],
    ['anything', null, 'fr, *;q=0.5', 'en'],
    ['not what is ruled out', null, 'de;q=0, fr', 'en'],
    ['spaces and capitals', null, ' FR , De-ch ; Q=0.9 ', 'de'],
    ['a weight that is none', null, 'de;q=2, en;q=0.1', 'en'],
    ['no sense', null, ';;q=,,=;de', 'en'],
    ['far too much', null, `${'fr,'.repeat(400)}de`, 'en'],
  ];
  for (const [what, chosen, accepted, tag] of cases) {
    it(`is right for ${what}`, () => assert.equal(languageFor(chosen, accepted), tag));
  }

  it('is one of those that there are, each of which has a name of its own', () => {
    for (const { tag, name } of LANGUAGES) {
      assert.equal(knownLanguage(tag), tag);
      const own = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
      assert.equal(name, own);
    }
  });
});
