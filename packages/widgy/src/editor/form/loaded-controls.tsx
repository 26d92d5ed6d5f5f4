/** @jsxImportSource preact */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ControlProps } from './control.ts';
import { TextArea } from './text-controls.tsx';

type Loaded = FunctionComponent<ControlProps> | 'failed' | undefined;

/** A control whose code is loaded when a field needs it. Until then, and where it cannot be loaded, the text itself can be edited. */
function useLoaded(load: () => Promise<FunctionComponent<ControlProps>>): Loaded {
  const [loaded, setLoaded] = useState<{ readonly control: Loaded }>({ control: undefined });
  useEffect(() => {
    let isOver = false;
    load().then(
      (control) => {
        if (!isOver) setLoaded({ control });
      },
      () => {
        // The network, or a newer version of the site: the control without it does the same, less comfortably.
        if (!isOver) setLoaded({ control: 'failed' });
      },
    );
    return () => {
      isOver = true;
    };
  }, [load]);
  return loaded.control;
}

const loadRichText = async () => (await import('./rich-text.tsx')).RichText;
const loadCode = async () => (await import('./code.tsx')).Code;

/** Text with emphasis, lists and links. */
export function RichTextControl(props: ControlProps) {
  const Control = useLoaded(loadRichText);
  const { words } = props.place.session;
  if (Control === undefined) return <p class="form-help">{words.text.loading}</p>;
  if (Control !== 'failed') return <Control {...props} />;
  return (
    <>
      <p class="form-help">{words.text.plainInstead}</p>
      <TextArea {...props} />
    </>
  );
}

/** Text in a language that has one. */
export function CodeControl(props: ControlProps) {
  const Control = useLoaded(loadCode);
  const { words } = props.place.session;
  if (Control === undefined) return <p class="form-help">{words.code.loading}</p>;
  return Control === 'failed' ? <TextArea {...props} /> : <Control {...props} />;
}
