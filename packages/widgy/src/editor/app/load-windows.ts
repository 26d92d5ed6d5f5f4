// The code of windows is loaded when it is quiet, or when they are opened before.

/** Loads the window of what keeps people from using the page. */
export const loadCheck = async () => (await import('../check/check.tsx')).Check;
/** Loads the window of what widgets cost visitors. */
export const loadCosts = async () => (await import('../costs/costs.tsx')).Costs;
/** Loads the window of finding anything. */
export const loadFind = async () => (await import('../find/find.tsx')).Find;
/** Loads the window of the versions. */
export const loadHistory = async () => (await import('../history/history.tsx')).History;
/** Loads the window of what visitors see. */
export const loadPublish = async () => (await import('../publish/publish.tsx')).Publish;
/** Loads the window of making widgets shared. */
export const loadShare = async () => (await import('../share/share-dialog.tsx')).ShareDialog;
/** Loads the window of a shared widget and where it is used. */
export const loadShared = async () => (await import('../share/shared-dialog.tsx')).SharedDialog;
/** Loads the window of the keys. */
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
