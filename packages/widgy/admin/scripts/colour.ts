/** A colour is a text, such as #b23f26, that can be typed and pasted. Beside it stands the browser's own picker. */
for (const field of document.querySelectorAll<HTMLElement>('[data-kind="colour"]')) {
  const text = field.querySelector<HTMLInputElement>('input');
  if (text === null || text.type !== 'text') continue;
  const picker = document.createElement('input');
  picker.type = 'color';
  picker.className = 'colour-picker';
  picker.setAttribute('aria-label', `Pick: ${field.querySelector('label')?.textContent ?? ''}`);
  const show = () => {
    if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value.toLowerCase();
  };
  show();
  text.addEventListener('input', show);
  picker.addEventListener('input', () => {
    text.value = picker.value;
  });
  text.after(picker);
}
