// The windows of the editor, whose code is loaded when it is quiet, or when they are opened before.

export const loadCheck = async () => (await import('../check/check.tsx')).Check;
export const loadCosts = async () => (await import('../costs/costs.tsx')).Costs;
export const loadFind = async () => (await import('../find/find.tsx')).Find;
export const loadHistory = async () => (await import('../history/history.tsx')).History;
export const loadPublish = async () => (await import('../publish/publish.tsx')).Publish;
export const loadShare = async () => (await import('../share/share-dialog.tsx')).ShareDialog;
export const loadShared = async () => (await import('../share/shared-dialog.tsx')).SharedDialog;
export const loadShortcuts = async () => (await import('../find/shortcuts.tsx')).Shortcuts;

/** In the order in which they are likely to be wanted. */
const WINDOWS = [
  loadFind,
  loadPublish,
  loadHistory,
  loadShortcuts,
  loadCheck,
  loadCosts,
  loadShare,
  loadShared,
] as const;

/** Loads the code of all windows, so that they open without a network, too. What cannot be loaded now is asked for when it is opened. */
export async function loadWindows(): Promise<void> {
  for (const load of WINDOWS) {
    const isLoaded = await load().then(
      () => true,
      () => false,
    );
    if (!isLoaded) return;
  }
}
