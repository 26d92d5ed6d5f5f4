// Runs before the first paint: the sign in the header must not change its mind in front of the reader.
// `page` comes from the inline script beside this file.
function yardSign(rows, date) {
  var parts = {};
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    weekday: 'short',
    month: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
    .formatToParts(date)
    .forEach((part) => {
      parts[part.type] = part.value;
    });
  var weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.weekday);
  var minutes = Number(parts.hour) * 60 + Number(parts.minute);
  var row = rows.find((one) => one.openMonths.includes(Number(parts.month)));
  var open = row?.openDays.includes(weekday) && minutes >= row.opens && minutes < row.closes;
  return open ? row.id : 'shut';
}

try {
  page.dataset.sign = yardSign(JSON.parse(page.dataset.hours ?? '[]'), new Date());
} catch {
  // Without the sign the header still links to the opening hours.
  page.dataset.sign = '';
}
