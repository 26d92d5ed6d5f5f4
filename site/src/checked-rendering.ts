import { createCompressor, loadConfig, silentLogger } from '@widgy/compressor';
import type { CheckedRendering } from 'widgy';
import { createRenderer, ownTemplates } from './rendering.ts';
import { variables } from './variables.ts';

/** How `widgy check` renders the widgets of the site: with a compressor, since they name static files. It builds and watches nothing. */
export async function checkedRendering(): Promise<CheckedRendering> {
  const { engine, templates } = createRenderer({});
  const file = new URL('../compressor.config.ts', import.meta.url);
  const compressor = await createCompressor(
    await loadConfig(file, { mode: 'in-request', templates, logger: silentLogger }),
  );
  // Its tags work all the same; what it watches would keep the command from ending.
  await compressor.close();
  return { engine, roots: [ownTemplates], variables };
}
