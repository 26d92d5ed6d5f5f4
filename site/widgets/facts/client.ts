import { getTimes } from 'suncalc';
import { ludney, yardTime } from '../../static/js/sun.ts';

const { sunset } = getTimes(new Date(), ludney.latitude, ludney.longitude);
if (sunset)
  for (const fact of document.querySelectorAll<HTMLElement>('[data-sun]')) {
    const time = fact.querySelector('[data-sun-time]');
    if (!time) continue;
    time.textContent = yardTime(sunset);
    fact.hidden = false;
  }
