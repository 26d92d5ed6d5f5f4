/** One row of the opening hours. `days` counts from Sunday, as `Date` does; times are minutes after midnight. */
export interface Hours {
  id: string;
  label: string;
  days: string;
  times: string;
  note: string;
  openMonths: readonly number[];
  openDays: readonly number[];
  opens: number;
  closes: number;
}

/** When the yard is open. The same rows feed the footer, the visit page and the sign in the header. */
export const hours: readonly Hours[] = [
  {
    id: 'summer',
    label: 'April to October',
    days: 'Tuesday to Sunday',
    times: '9.00 to 17.30',
    note: 'Hire and workshop. Closed on Mondays, bank holidays excepted.',
    openMonths: [4, 5, 6, 7, 8, 9, 10],
    openDays: [0, 2, 3, 4, 5, 6],
    opens: 540,
    closes: 1050,
  },
  {
    id: 'winter',
    label: 'November to March',
    days: 'Monday to Friday',
    times: '8.00 to 16.00',
    note: 'Workshop only. The hire boats are ashore.',
    openMonths: [11, 12, 1, 2, 3],
    openDays: [1, 2, 3, 4, 5],
    opens: 480,
    closes: 960,
  },
];

/** What is said of the yard on more than one page, beside what editors say in the settings. */
export const yard = { address: ['The Staithe', 'Ludney', 'Norfolk'], hours };
