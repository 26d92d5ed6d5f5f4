import type { EditorData } from './editor-data.ts';

/** What the page of an editor comes with, for tests: an administrator on an empty site. */
export const EDITOR_DATA: EditorData = {
  ...{ api: '/api/widgy', admin: '/admin', siteName: 'Boats', document: 'd', sequence: 0, tree: null },
  ...{ mayEdit: true, mayPublish: true, accessibilityGate: null, files: null, calloutRoot: null },
  ...{ referenceLabels: {}, types: [] },
  limits: { depth: 100, widgets: 20_000, bytes: 16_777_216, fieldBytes: 1_048_576, fieldDepth: 32 },
  state: { head: null, hasChanges: false, hash: '', live: null },
  me: { id: 'ann', name: 'Ann', language: null },
  page: {
    ...{ kind: 'page', title: 'Home', address: '/', isShown: false },
    urls: {
      ...{ preview: '/p', parts: '/parts', check: '/check', costs: '/costs', content: '/content' },
      ...{ shared: '/shared', uses: null },
      ...{ history: '/history', compare: '/compare', publish: '/content#publish', pages: '/admin/pages' },
      ...{ details: '/admin/pages/1', view: null },
    },
  },
};
