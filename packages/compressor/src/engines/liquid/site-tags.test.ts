import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  type Context,
  type Emitter,
  Liquid,
  type Parser,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import { compressFolder } from '../../testing/offline-site.ts';
import { createFolder } from '../../testing/site.ts';

type How = 'tells its children' | 'renders its children' | 'hides its children' | 'asks a database';

/** A tag of a site, `{% section %} … {% endsection %}`, that shows what is in it in one way or another. */
function sectionTag(how: How, log: string[]) {
  return class extends Tag {
    readonly inside: Template[] = [];

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, remaining, liquid);
      const stream = parser
        .parseStream(remaining)
        .on('tag:endsection', () => stream.stop())
        .on('template', (template: Template) => this.inside.push(template));
      stream.start();
      if (how === 'tells its children') Object.assign(this, { children: () => childrenOf(this.inside) });
    }

    override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      log.push(how);
      if (how !== 'hides its children')
        yield this.liquid.renderer.renderTemplates(this.inside, context, emitter);
    }
  };
}

function* childrenOf(templates: Template[]): Generator<unknown, Template[]> {
  yield;
  return templates;
}

const BLOCK = '{% compress css %}<style>a { top: 0 }</style>{% endcompress %}';

describe('a tag of the site around a block', () => {
  const cases: readonly [how: How, inside: string, findings: readonly string[], isRun: boolean][] = [
    ['tells its children', BLOCK, [], false],
    ['renders its children', BLOCK, [], true],
    [
      'hides its children',
      BLOCK,
      ['error block-unreached home.liquid:1:14 nothing leads to this block'],
      true,
    ],
    ['asks a database', 'no block', [], false],
  ];
  for (const [how, inside, expected, isRun] of cases) {
    it(`that ${how}: its block is found or said to be lost, and it is ${isRun ? '' : 'not '}run`, async () => {
      const log: string[] = [];
      await using folder = await createFolder({
        'templates/home.liquid': `{% section %}${inside}{% endsection %}`,
        'templates/other.liquid': BLOCK,
      });
      const engine = () => {
        const liquid = new Liquid({ root: join(folder.path, 'templates') });
        liquid.registerTag('section', sectionTag(how, log));
        return liquid;
      };
      const { findings, result } = await compressFolder(folder, { templates: { engine } });
      assert.deepEqual(findings, expected);
      assert.equal(log.length > 0, isRun);
      if (expected.length === 0) assert.equal(result.analysis.blocks, inside === BLOCK ? 2 : 1);
    });
  }
});
