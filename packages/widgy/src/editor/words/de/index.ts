import type { Words } from '../words.ts';
import { app, presence, recovery, state } from './app.ts';
import { clipboard, commands, selection, steps, undo } from './commands.ts';
import { errors } from './errors.ts';
import { files } from './files.ts';
import { find, shortcuts } from './find.ts';
import { code, form, text } from './form.ts';
import { formats } from './formats.ts';
import { check, costs, preview } from './preview.ts';
import { moves, outline, picker } from './tree.ts';
import { conflicts, history, publishing, sharing } from './versions.ts';

/** The texts of the editor in German. */
export const de: Words = {
  formats,
  app,
  state,
  presence,
  recovery,
  outline,
  picker,
  moves,
  commands,
  selection,
  steps,
  undo,
  clipboard,
  files,
  form,
  text,
  code,
  preview,
  costs,
  check,
  conflicts,
  history,
  publishing,
  sharing,
  find,
  shortcuts,
  errors,
};
