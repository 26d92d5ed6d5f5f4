// Runs in the browser, in the page of a report: draws the map of sizes and lets people walk in it.
import { formatBytes } from '../../bytes.ts';
import { createTree, type MapMeasure, type MapNode, type MapReport } from './map-tree.ts';
import { type Rectangle, squarify } from './squarify.ts';

const section = document.querySelector<HTMLElement>('#map');
const data = document.querySelector('#report')?.textContent;
if (section && data) {
  const report: MapReport = JSON.parse(data);
  startMap(section, createTree(report));
}

/** Where somebody is: the node that is shown, with those above it. */
type Path = readonly MapNode[];

function startMap(section: HTMLElement, root: MapNode): void {
  const area = find(section, '.area');
  const trail = find(section, '.trail');
  const note = find(section, '.note');
  let path: Path = [root];
  let measure: MapMeasure = 'brotli';

  const shownNode = () => path.at(-1) ?? root;
  const describe = (node: MapNode) => {
    note.textContent =
      node === root ? HINT : [node.name, node.detail, sizesOf(node)].filter(Boolean).join(' · ');
  };

  const open = (next: Path, byKeyboard: boolean) => {
    path = next;
    draw();
    // What was focused is gone.
    const first = area.querySelector('button') ?? trail.querySelector<HTMLElement>('[aria-current]');
    if (byKeyboard) first?.focus();
  };

  const drawTrail = () => {
    trail.replaceChildren(
      ...path.map((node, index) => {
        const item = document.createElement('li');
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = node.name;
        if (index === path.length - 1) button.setAttribute('aria-current', 'true');
        button.addEventListener('click', ({ detail }) => open(path.slice(0, index + 1), detail === 0));
        item.append(button);
        return item;
      }),
    );
  };

  const cell = (node: MapNode, place: Rectangle, target: Path, level: 'outer' | 'inner', isLeaf: boolean) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = `cell ${level} ${node.kind}`;
    button.classList.toggle('leaf', isLeaf);
    move(button, place);
    // With the keyboard one goes down level by level; what is further inside is a shortcut for the mouse.
    if (level === 'inner') button.tabIndex = -1;
    if (level === 'inner') button.setAttribute('aria-hidden', 'true');
    else button.setAttribute('aria-label', `${node.name}, ${sizesOf(node)}`);
    // Below the label of what is divided comes what is in it.
    const room = level === 'outer' && !isLeaf ? { ...place, height: HEADING } : place;
    button.append(...label(node, room, measure));
    button.classList.toggle('named', button.hasChildNodes());
    button.classList.toggle('narrow', place.width < LABEL.bothWidth);
    button.addEventListener('click', ({ detail }) => (isLeaf ? describe(node) : open(target, detail === 0)));
    button.addEventListener('pointerenter', () => describe(node));
    button.addEventListener('focus', () => describe(node));
    return button;
  };

  const draw = () => {
    drawTrail();
    const node = shownNode();
    describe(node);
    const whole = { x: 0, y: 0, width: area.clientWidth, height: area.clientHeight };
    const cells = divide(node, whole, measure).flatMap(([child, place]) => {
      const target = downFrom([...path, child]);
      const shown = target.at(-1) ?? child;
      const isLeaf = child.children().length === 0;
      const outer = cell(child, inset(place, 1), target, 'outer', isLeaf);
      const inside = insideOf(place);
      if (isLeaf || inside.width < LABEL.width || inside.height < LABEL.height) return [outer];
      const inner = divide(shown, inside, measure).map(([grandchild, at]) => {
        const isEnd = grandchild.children().length === 0;
        return cell(
          grandchild,
          inset(at, 1),
          isEnd ? target : downFrom([...target, grandchild]),
          'inner',
          false,
        );
      });
      return [outer, ...inner];
    });
    area.replaceChildren(...(cells.length > 0 ? cells : [nothing(node, measure)]));
  };

  for (const input of section.querySelectorAll<HTMLInputElement>('input[name="measure"]')) {
    input.addEventListener('change', () => {
      measure = measureOf(input.value);
      draw();
    });
    if (input.checked) measure = measureOf(input.value);
  }
  section.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && path.length > 1) open(path.slice(0, -1), true);
  });
  area.addEventListener('pointerleave', () => describe(shownNode()));
  section.hidden = false;
  new ResizeObserver(draw).observe(area);
}

/** What holds one thing only is no place to stop at: what that holds is shown instead. */
function downFrom(path: Path): Path {
  const [only, ...others] = path.at(-1)?.children() ?? [];
  const isStop = only === undefined || others.length > 0 || only.children().length === 0;
  return isStop ? path : downFrom([...path, only]);
}

/** What a node holds, with the place of each; nothing that would be too small to see. */
function divide(node: MapNode, whole: Rectangle, measure: MapMeasure): [MapNode, Rectangle][] {
  const weightOf = ({ size }: MapNode) => size[measure] ?? 0;
  const children = node.children().toSorted((a, b) => weightOf(b) - weightOf(a));
  const places = squarify(children.map(weightOf), whole);
  return children.flatMap((child, index): [MapNode, Rectangle][] => {
    const place = places[index];
    return place === undefined || place.width < SMALLEST || place.height < SMALLEST ? [] : [[child, place]];
  });
}

/** The name, and the size beside or below it, as far as there is room. */
function label(node: MapNode, { width, height }: Rectangle, measure: MapMeasure): Node[] {
  if (width < LABEL.width || height < LABEL.height) return [];
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = shortened(node.name, width);
  if (width < LABEL.bothWidth && height < LABEL.bothHeight) return [name];
  const size = document.createElement('span');
  size.className = 'size';
  size.textContent = formatBytes(node.size[measure] ?? 0);
  return [name, size];
}

/** The last part of a path tells most, where there is no room for all of it. */
function shortened(name: string, width: number): string {
  return name.length * LABEL.character + LABEL.bothWidth / 2 < width
    ? name
    : (name.split('/').at(-1) ?? name);
}

function nothing({ name }: MapNode, measure: MapMeasure): Node {
  const text = document.createElement('p');
  text.textContent =
    measure === 'returning'
      ? `Somebody who has the previous release downloads nothing for this: ${name}`
      : `There is nothing in ${name}`;
  return text;
}

function sizesOf({ size: { brotli, raw, returning } }: MapNode): string {
  const sizes = [`${formatBytes(brotli)} with Brotli`, `${formatBytes(raw)} raw`];
  if (returning !== null) sizes.push(`${formatBytes(returning)} for a returning visitor`);
  return sizes.join(', ');
}

function measureOf(value: string): MapMeasure {
  return value === 'raw' || value === 'returning' ? value : 'brotli';
}

/** Through the object model, because the page allows no style attributes. */
function move(element: HTMLElement, { x, y, width, height }: Rectangle): void {
  element.style.left = `${x}px`;
  element.style.top = `${y}px`;
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
}

function inset({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x + by, y: y + by, width: Math.max(0, width - 2 * by), height: Math.max(0, height - 2 * by) };
}

/** The room in a cell below its label. */
function insideOf({ x, y, width, height }: Rectangle): Rectangle {
  return inset({ x, y: y + HEADING, width, height: Math.max(0, height - HEADING) }, 4);
}

function find(within: HTMLElement, selector: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}

const HINT = 'Area is size. Select a part to look into it; Escape goes back.';

/** Pixels from which a cell is drawn, bears its name, and bears its size beside the name or below it. */
const SMALLEST = 3;
const LABEL = { width: 52, height: 22, bothWidth: 132, bothHeight: 42, character: 7 };

/** The height of the label of a cell that is divided. */
const HEADING = 26;
