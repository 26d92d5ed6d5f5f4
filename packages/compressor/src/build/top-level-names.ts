import { parse } from 'rolldown/utils';
import type { Unit } from './unit.ts';

/** How a script declares a name that other scripts of the page see. */
type Declaration = 'var' | 'function' | 'lexical';

/** The names that a classic script declares at its top level. */
export async function topLevelNames(unit: Unit): Promise<ReadonlyMap<string, Declaration>> {
  const known = remembered.get(unit);
  if (known !== undefined) return known;
  const { program } = await parse('script.js', unit.text, { sourceType: 'script', lang: 'js' });
  const names = new Map<string, Declaration>();
  for (const statement of program.body) {
    if (statement.type === 'FunctionDeclaration' && statement.id) names.set(statement.id.name, 'function');
    else if (statement.type === 'ClassDeclaration' && statement.id) names.set(statement.id.name, 'lexical');
    else if (statement.type === 'VariableDeclaration') {
      const declaration = statement.kind === 'var' ? 'var' : 'lexical';
      for (const { id } of statement.declarations) bindingNames(id, (name) => names.set(name, declaration));
    }
  }
  remembered.set(unit, names);
  return names;
}

const remembered = new WeakMap<Unit, ReadonlyMap<string, Declaration>>();

/**
 * Whether a later script may not share a file with an earlier one: in one file the later function would be there before the
 * earlier script runs, and a second `let` would be a syntax error for both.
 */
export function redeclares(
  later: ReadonlyMap<string, Declaration>,
  earlier: ReadonlyMap<string, Declaration>,
): boolean {
  for (const [name, declaration] of later) {
    const before = earlier.get(name);
    if (before !== undefined && (declaration !== 'var' || before === 'lexical')) return true;
  }
  return false;
}

/** A pattern of the syntax tree (ESTree), as far as names are bound in it. */
interface Pattern {
  readonly type: string;
}

function bindingNames(pattern: Pattern, found: (name: string) => void): void {
  if ('name' in pattern && typeof pattern.name === 'string') return found(pattern.name);
  for (const key of ['properties', 'elements', 'value', 'argument', 'left'] as const) {
    const inner: unknown = Reflect.get(pattern, key);
    for (const child of Array.isArray(inner) ? inner : [inner]) {
      if (isPattern(child)) bindingNames(child, found);
    }
  }
}

function isPattern(value: unknown): value is Pattern {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
