import { sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import type { DatabaseKind } from '../../database/migrations/migration.ts';
import { MAX_SEARCHED_WORDS } from '../limits.ts';
import type { SearchQuestion, Term } from './question.ts';
import { wordsOf } from './words.ts';

/** What is searched of a page. A hit in the title weighs most, one in the description more than one in the text. */
export interface SearchedTexts {
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

/** What is to be searched of one commit of a page. */
export interface NewSearched extends SearchedTexts {
  readonly page: string;
  /** The number of the commit. */
  readonly version: number;
}

/**
 * The words of a text and of its parts, in the order of the parts, as far as they are searched.
 */
function wordLists({ title, description, text }: SearchedTexts): readonly (readonly string[])[] {
  let left = MAX_SEARCHED_WORDS;
  return [title, description, text].map((part) => {
    const words = [...wordsOf(part).take(left)];
    left -= words.length;
    return words;
  });
}

/** The text search of one kind of database. Everything that differs between the two is here. */
export interface SearchEngine {
  /** Keeps what is to be searched of a commit; at most two statements. */
  write(queries: Queries, searched: NewSearched): Promise<void>;
  /** A query of the ids of rows of `page_texts` that answer a question, with a `rank`: the lower, the better. */
  matches(question: SearchQuestion): ReturnType<typeof sql<{ readonly id: number; readonly rank: number }>>;
}

const sqlite: SearchEngine = {
  async write(queries, { page, version, ...texts }) {
    const { id } = await queries
      .insertInto('page_texts')
      .values({ page, version, text: texts.text })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [title = [], description = [], body = []] = wordLists(texts);
    await sql`insert into page_words (rowid, title, description, body)
      values (${id}, ${title.join(' ')}, ${description.join(' ')}, ${body.join(' ')})`.execute(queries);
  },
  matches({ wanted, unwanted }) {
    // Words are letters and digits, so nothing in them can end the quotes.
    const term = ({ words, isPrefix }: Term) => `"${words.join(' ')}"${isPrefix ? '*' : ''}`;
    const all = wanted.map(term).join(' AND ');
    const none = unwanted.map(term).join(' OR ');
    const question = none === '' ? all : `(${all}) NOT (${none})`;
    return sql`select rowid as id, bm25(page_words, 10.0, 4.0, 1.0) as rank
      from page_words where page_words match ${question}`;
  },
};

const postgres: SearchEngine = {
  async write(queries, { page, version, ...texts }) {
    const lists = wordLists(texts);
    let position = 0;
    const lexemes = lists.flatMap((words, part) => {
      // A gap, so that no phrase goes from one part into the next.
      position += 1;
      return words.map((word) => {
        position += 1;
        return `'${word}':${position}${WEIGHTS[part] ?? ''}`;
      });
    });
    await sql`insert into page_texts (page, version, text, words)
      values (${page}, ${version}, ${texts.text}, cast(${lexemes.join(' ')} as tsvector))`.execute(queries);
  },
  matches({ wanted, unwanted }) {
    const term = ({ words, isPrefix }: Term) => {
      const quoted = words.map((word) => `'${word}'`).join(' <-> ');
      return `(${quoted}${isPrefix ? ':*' : ''})`;
    };
    const question = [...wanted.map(term), ...unwanted.map((one) => `!${term(one)}`)].join(' & ');
    return sql`select id, -ts_rank(array[0.1, 0.1, 0.4, 1.0]::real[], words, cast(${question} as tsquery), 1) as rank
      from page_texts where words @@ cast(${question} as tsquery)`;
  },
};

const WEIGHTS = ['A', 'B', ''] as const;

/** The text search of a kind of database. */
export function searchEngine(kind: DatabaseKind): SearchEngine {
  return kind === 'sqlite' ? sqlite : postgres;
}
