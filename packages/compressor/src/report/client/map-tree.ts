/** How much something weighs; see the report. */
export interface MapSize {
  readonly raw: number;
  readonly brotli: number;
  readonly returning: number | null;
}

export type MapMeasure = keyof MapSize;

/** The part of a report that the map shows. */
export interface MapReport {
  readonly pages: readonly {
    readonly template: string;
    /** Those that tell it from other pages of the template. */
    readonly contexts: readonly string[];
    readonly size: MapSize;
    readonly blocks: readonly string[];
  }[];
  readonly blocks: readonly {
    readonly id: string;
    readonly kind: string;
    readonly mode: string;
    readonly name?: string;
    readonly size: MapSize;
    readonly artifacts: readonly string[];
  }[];
  readonly artifacts: readonly {
    readonly name: string;
    readonly kind: string;
    readonly size: MapSize;
    readonly sources: readonly {
      readonly name: string;
      readonly package?: { readonly name: string; readonly version: string | null };
      readonly size: MapSize;
    }[];
    readonly generated: MapSize;
  }[];
}

/** Something on the map, and what is in it. */
export interface MapNode {
  readonly name: string;
  /** What more there is to say. */
  readonly detail: string;
  /** What colour it has. */
  readonly kind: 'page' | 'js' | 'css' | 'tools';
  readonly size: MapSize;
  /** Made when asked for: a layout is on every page. */
  readonly children: () => readonly MapNode[];
}

/** Everything: pages, their blocks, the artifacts of these, the sources of those. */
export function createTree({ pages, blocks, artifacts }: MapReport): MapNode {
  const artifactNodes = new Map(artifacts.map((artifact) => [artifact.name, artifactNode(artifact)]));
  const blockNodes = new Map(
    blocks.map((block): [string, MapNode] => {
      const { id, kind, mode, name, size } = block;
      const children = block.artifacts.flatMap((each) => artifactNodes.get(each) ?? []);
      const detail = [kind, mode, name].filter((part) => part !== undefined).join(' ');
      return [id, { name: id, detail, kind: kindOf(kind), size, children: () => children }];
    }),
  );
  const pageNodes = pages.map((page): MapNode => {
    const children = page.blocks.flatMap((id) => blockNodes.get(id) ?? []);
    return {
      name: page.template,
      detail: page.contexts.join(', '),
      kind: 'page',
      size: page.size,
      children: () => children,
    };
  });
  const nothing = { raw: 0, brotli: 0, returning: null };
  return { name: 'All pages', detail: '', kind: 'page', size: nothing, children: () => pageNodes };
}

function artifactNode({ name, kind, size, sources, generated }: MapReport['artifacts'][number]): MapNode {
  const children = (): MapNode[] => [
    ...sources.map(
      (source): MapNode => ({
        name: source.name,
        detail:
          source.package === undefined
            ? ''
            : [source.package.name, source.package.version].filter((part) => part !== null).join(' '),
        kind: kindOf(kind),
        size: source.size,
        children: () => [],
      }),
    ),
    ...(generated.raw === 0
      ? []
      : [
          {
            name: 'written by tools',
            detail: '',
            kind: 'tools' as const,
            size: generated,
            children: () => [],
          },
        ]),
  ];
  return { name, detail: kind, kind: kindOf(kind), size, children };
}

function kindOf(kind: string): 'js' | 'css' {
  return kind === 'css' ? 'css' : 'js';
}
