// The fuzzy search is the heaviest script of the site, and most visitors only scroll.
for (const form of document.querySelectorAll<HTMLFormElement>('[data-filter]')) {
  const start = async (): Promise<void> => {
    form.removeEventListener('focusin', start);
    form.removeEventListener('pointerover', start);
    const { enhanceFilter } = await import('./filter.ts');
    enhanceFilter(form);
  };
  form.addEventListener('focusin', start);
  form.addEventListener('pointerover', start);
}
