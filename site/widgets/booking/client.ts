import { getTimes } from 'suncalc';
import { ludney, yardTime } from '../../static/js/sun.ts';

const form = document.querySelector<HTMLFormElement>('.booking-form');
if (form) {
  document.querySelector<HTMLElement>('#summary')?.focus();
  showSunsetOfDay(form);
  warnWhenCrowded(form);
}

function showSunsetOfDay(form: HTMLFormElement): void {
  const date = form.querySelector<HTMLInputElement>('#date');
  const note = form.querySelector<HTMLElement>('[data-sunset]');
  if (!date || !note) return;
  const update = (): void => {
    const noon = new Date(`${date.value}T12:00:00Z`);
    const sunset = Number.isNaN(noon.getTime())
      ? null
      : getTimes(noon, ludney.latitude, ludney.longitude).sunset;
    note.hidden = sunset === null;
    if (sunset) note.textContent = `The sun sets at ${yardTime(sunset)} that day.`;
  };
  date.addEventListener('input', update);
  update();
}

function warnWhenCrowded(form: HTMLFormElement): void {
  const boat = form.querySelector<HTMLSelectElement>('#boat');
  const people = form.querySelector<HTMLInputElement>('#people');
  if (!boat || !people) return;
  const update = (): void => {
    const seats = Number(boat.selectedOptions[0]?.dataset.seats ?? 8);
    people.setCustomValidity(Number(people.value) > seats ? `That boat carries ${seats}.` : '');
  };
  boat.addEventListener('input', update);
  people.addEventListener('input', update);
  update();
}
