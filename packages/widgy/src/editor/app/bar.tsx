/** @jsxImportSource preact */

import { useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { useOneStop } from '../parts/one-stop.ts';
import { Tool } from '../parts/tool.tsx';
import type { Session } from '../session/session.ts';
import { stepText } from '../session/step-text.ts';
import type { PreviewWidth, Surface } from '../session/surface.ts';
import { Present } from './present.tsx';
import { PublishButton } from './publish-button.tsx';
import { Saving } from './saving.tsx';

/** What the bar needs. */
export interface BarProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** What stands above everything: where one is, whether it is saved, and what can be done to the whole. */
export function Bar({ session, surface }: BarProps) {
  const tools = useRef<HTMLDivElement>(null);
  const oneStop = useOneStop(tools);
  const { data, words } = session;
  const { page, mayEdit, mayPublish } = data;
  const undo = session.canUndo.value;
  const redo = session.canRedo.value;
  const details = page.kind === 'page' ? words.app.pageDetails : words.app.calloutDetails;
  return (
    <header class="editor-bar">
      <a class="bar-back" href={page.urls.content} aria-label={words.app.backTo({ page: page.title })}>
        <Icon name="back" />
      </a>
      <h1 class="bar-title">
        <span class="hidden-text">{words.app.editor}: </span>
        {page.title}
      </h1>
      <Saving session={session} surface={surface} />
      <div ref={tools} class="bar-tools" role="toolbar" aria-label={words.app.toolbar} {...oneStop}>
        {mayEdit ? (
          <>
            <Tool
              icon="undo"
              label={
                undo === undefined
                  ? words.undo.nothingToUndo
                  : words.undo.undo({ step: stepText(words, undo) })
              }
              shortcut="Control+Z"
              isOff={undo === undefined}
              onPress={() => void session.undo()}
            />
            <Tool
              icon="redo"
              label={
                redo === undefined
                  ? words.undo.nothingToRedo
                  : words.undo.redo({ step: stepText(words, redo) })
              }
              shortcut="Control+Shift+Z"
              isOff={redo === undefined}
              onPress={() => void session.redo()}
            />
          </>
        ) : null}
        <Widths session={session} surface={surface} />
        <Tool
          icon="search"
          label={words.find.title}
          shortcut="Control+K"
          onPress={() => {
            surface.dialog.value = { kind: 'find' };
          }}
        />
        <Tool icon="check" label={words.check.title} onPress={() => open('check')} />
        <Tool icon="weight" label={words.costs.title} onPress={() => open('costs')} />
        <Tool icon="history" label={words.history.title} onPress={() => open('history')} />
        <a class="tool" href={page.urls.details} aria-label={details} title={details}>
          <Icon name="settings" />
        </a>
        <Tool icon="keyboard" label={words.shortcuts.title} shortcut="?" onPress={() => open('shortcuts')} />
      </div>
      <Present session={session} />
      {mayPublish ? <PublishButton session={session} onPress={() => open('publish')} /> : null}
    </header>
  );

  function open(kind: 'check' | 'costs' | 'history' | 'shortcuts' | 'publish'): void {
    surface.dialog.value = { kind };
  }
}

const WIDTH_NAMES: readonly PreviewWidth[] = ['phone', 'tablet', 'desktop'];

function Widths({ session, surface }: BarProps) {
  const { words } = session;
  return (
    <fieldset class="widths">
      <legend class="hidden-text">{words.preview.widths}</legend>
      {WIDTH_NAMES.map((width) => (
        <Tool
          key={width}
          icon={width}
          label={words.preview[width]}
          isPressed={surface.width.value === width}
          onPress={() => {
            surface.width.value = width;
          }}
        />
      ))}
    </fieldset>
  );
}
