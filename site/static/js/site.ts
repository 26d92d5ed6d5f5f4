import { getTimes } from 'suncalc';
import { ludney, yardTime } from './sun.ts';

showSunset();
closeMenuWhenItIsNoLongerOne();
enhanceFilterOnFirstUse();

function showSunset(): void {
  const { sunset } = getTimes(new Date(), ludney.latitude, ludney.longitude);
  if (!sunset) return;
  for (const fact of document.querySelectorAll<HTMLElement>('[data-sun]')) {
    const time = fact.querySelector('[data-sun-time]');
    if (!time) continue;
    time.textContent = yardTime(sunset);
    fact.hidden = false;
  }
}

// The menu is a popover on phones only; left open while the window grows, it would stay in the top layer.
function closeMenuWhenItIsNoLongerOne(): void {
  const menu = document.querySelector<HTMLElement>('#menu');
  matchMedia('(min-width: 768px)').addEventListener('change', (wide) => {
    if (wide.matches && menu?.matches(':popover-open')) menu.hidePopover();
  });
}

// The fuzzy search is the heaviest script of the site, and most visitors only scroll.
function enhanceFilterOnFirstUse(): void {
  const form = document.querySelector<HTMLFormElement>('[data-filter]');
  if (!form) return;
  const start = async (): Promise<void> => {
    form.removeEventListener('focusin', start);
    form.removeEventListener('pointerover', start);
    const { enhanceFilter } = await import('./filter.ts');
    enhanceFilter(form);
  };
  form.addEventListener('focusin', start);
  form.addEventListener('pointerover', start);
}
