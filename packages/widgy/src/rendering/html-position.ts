/**
 * Follows HTML as it is written, to tell where its end is: in text, or within a tag, a comment or an element whose content is no
 * markup. Each character is looked at once, however often it is asked.
 */
export class HtmlPosition {
  /** The end of what was read that may be the beginning of something. */
  #rest = '';
  #state: State = TEXT;

  /** Reads on. */
  read(text: string): void {
    const all = this.#rest + text;
    let at = 0;
    for (let next = this.#state.next(all, at); next !== undefined; next = this.#state.next(all, at)) {
      [this.#state, at] = next;
    }
    const begun = all.indexOf('<', Math.max(at, all.lastIndexOf('<')));
    if (this.#state !== TEXT) this.#rest = all.slice(Math.max(at, all.length - LONGEST_END));
    else this.#rest = begun < 0 ? '' : all.slice(begun);
  }

  /** Whether markup that follows is read as markup. */
  get isInMarkup(): boolean {
    return this.#state === TEXT && !BEGUN.test(this.#rest);
  }
}

/** Looks for where a state ends; gives what follows and from where, or undefined if it lasts to the end of the text. */
interface State {
  next(text: string, from: number): readonly [State, number] | undefined;
}

/** The beginning of a tag or a comment, at the end of a text. */
const BEGUN = /^<(?:!-?|\/?(?:[a-z][^\s/>]*)?)$/i;

/** Characters in the longest end of a state, `</textarea`, but for one: so much of it may stand at the end of a text. */
const LONGEST_END = 10;

/** Until a pattern is found, or to the end. */
function until(pattern: RegExp, then: (match: RegExpExecArray) => State): State {
  const search = new RegExp(pattern, 'gi');
  return {
    next(text, from) {
      search.lastIndex = from;
      const match = search.exec(text);
      return match === null ? undefined : [then(match), search.lastIndex];
    },
  };
}

const TEXT: State = until(/<!--|<\/?([a-z][^\s/>]*)(?=[\s/>])/, ([found, name = '']) => {
  if (found === '<!--') return COMMENT;
  return (found.startsWith('</') ? undefined : RAW_TAGS.get(name.toLowerCase())) ?? TAG;
});

const COMMENT: State = until(/--!?>/, () => TEXT);

/**
 * Within a tag, as browsers read it: in a value with quotes, `>` ends nothing, and a quote begins a value only where one is
 * expected, behind the `=` of a name. Anywhere else it is a character of a name or of a value without quotes.
 */
function tag(content: () => State): State {
  const betweenNames: State = until(/[^\s/]/, ([sign]) => (sign === '>' ? content() : name));
  const name: State = until(/[\s/>=]/, ([sign]) => {
    if (sign === '>') return content();
    if (sign === '=') return beforeValue;
    return sign === '/' ? betweenNames : afterName;
  });
  const afterName: State = until(/\S/, ([sign]) => {
    if (sign === '>') return content();
    if (sign === '=') return beforeValue;
    return sign === '/' ? betweenNames : name;
  });
  const beforeValue: State = until(/\S/, ([sign]) => {
    if (sign === '>') return content();
    if (sign === '"') return double;
    return sign === "'" ? single : unquoted;
  });
  const unquoted: State = until(/[\s>]/, ([sign]) => (sign === '>' ? content() : betweenNames));
  const double: State = until(/"/, () => betweenNames);
  const single: State = until(/'/, () => betweenNames);
  return betweenNames;
}

const TAG: State = tag(() => TEXT);

/** The tags of elements with content that is no markup. */
const RAW_TAGS: ReadonlyMap<string, State> = new Map(
  ['script', 'style', 'textarea', 'title', 'iframe', 'noscript', 'xmp', 'noembed', 'noframes'].map((name) => {
    const content = until(new RegExp(`</${name}(?=[\\s/>])`), () => TAG);
    return [name, tag(() => content)];
  }),
);
