import axe from 'axe-core';
import { PreviewHooks } from '../preview/hooks.ts';
import {
  CHECK_MESSAGE,
  type CheckedNode,
  type CheckFinding,
  type CheckMessage,
  readImpact,
} from './check-message.ts';

/** Milliseconds that pictures and fonts have to come: then the page is looked at as it is. */
const MAX_LOAD_MS = 5_000;

/** Looks at this page, and tells the page around it what was found. */
async function runCheck(): Promise<void> {
  await loaded();
  window.parent.postMessage(await checkPage(), window.location.origin);
}

async function checkPage(): Promise<CheckMessage> {
  try {
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      elementRef: true,
      // Frames of others are theirs, and nothing is fetched here.
      iframes: false,
      preload: false,
    });
    const hooks = new PreviewHooks(document);
    return { kind: CHECK_MESSAGE, findings: violations.map((violation) => findingOf(violation, hooks)) };
  } catch (error) {
    return { kind: CHECK_MESSAGE, failure: error instanceof Error ? error.message : String(error) };
  }
}

function findingOf({ id, impact, help, helpUrl, nodes }: axe.Result, hooks: PreviewHooks): CheckFinding {
  return {
    ...{ rule: id, impact: readImpact(impact), help, helpUrl },
    nodes: nodes.map((node) => checkedNode(node, hooks)),
  };
}

function checkedNode(
  { element, target, failureSummary = '' }: axe.NodeResult,
  hooks: PreviewHooks,
): CheckedNode {
  const widget = element === undefined ? undefined : hooks.widgetAt(element);
  const shown = element?.closest('[data-widgy-field]') ?? undefined;
  // An element around the widget shows a field of another one.
  const isOwn = shown !== undefined && hooks.widgetAt(shown) === widget;
  const field = isOwn ? shown.getAttribute('data-widgy-field') : null;
  return {
    widget: widget ?? null,
    ...(field === null ? {} : { field }),
    target: target.flat().join(' '),
    summary: failureSummary,
  };
}

function loaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    window.addEventListener('load', () => resolve(), { once: true });
    setTimeout(resolve, MAX_LOAD_MS);
  });
}

void runCheck();
