import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whyNotPublic } from './public-settings.ts';
import { boatyard } from './settings-fixture.ts';

describe('whyNotPublic', () => {
  const cases: readonly [path: string, expected: string | undefined][] = [
    ['site', undefined],
    ['site.title', undefined],
    ['site.links.0.label', undefined],
    ['list', undefined],
    [
      'list.perPage',
      'not-public: the setting "list.perPage" is not public: say isPublic where it is defined',
    ],
    ['mail', 'not-public: no setting of the group "mail" is public and never can be, being secret'],
    ['mail.password', 'not-public: the setting "mail.password" is not public and never can be, being secret'],
    ['site.titel', 'unknown: there is no setting "site.titel". Did you mean "site.title"?'],
    ['sites', 'unknown: there is no setting "sites". Did you mean "site"?'],
    ['site.constructor', 'unknown: there is no setting "site.constructor".'],
    ['', 'unknown: there is no setting "".'],
  ];
  for (const [path, expected] of cases) {
    it(`says of "${path}" ${expected === undefined ? 'nothing' : 'why'}`, () => {
      const told = whyNotPublic(boatyard, path);
      assert.equal(told && `${told.code}: ${told.what}`, expected);
    });
  }
});
