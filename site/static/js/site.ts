// The menu is a popover on phones only; left open while the window grows, it would stay in the top layer.
const menu = document.querySelector<HTMLElement>('#menu');
matchMedia('(min-width: 768px)').addEventListener('change', (wide) => {
  if (wide.matches && menu?.matches(':popover-open')) menu.hidePopover();
});
