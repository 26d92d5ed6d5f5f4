// Three functions of many: what the others bring along must go.
import { chunk, debounce, groupBy } from 'lodash-es';

globalThis.bench = { chunk, debounce, groupBy };
