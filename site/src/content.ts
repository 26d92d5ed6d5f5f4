/** A day on the water; the places are the numbers on the chart. */
export const day = [
  {
    time: '9.30',
    place: 'Larter & Bly',
    text: 'Lifejackets, a look at the chart, and as much teaching as you want. It is included.',
  },
  {
    time: '11.30',
    place: 'Ludney Broad',
    text: 'Two miles up. Moor to the west bank posts; the east side is left to the terns until August.',
  },
  {
    time: '13.00',
    place: 'Eel Hatch',
    text: 'A mown bank with two willows and a table. Bring your own, or wait for the pub.',
  },
  {
    time: '14.30',
    place: 'The Ferry Inn',
    text: 'Free mooring for an hour if you eat. Ask for Maureen’s smoked eel when there is any.',
  },
] as const;

/** Workshop work with a starting price. */
export const jobs = [
  {
    name: 'Winter lay-up',
    price: 'from £340',
    text: 'Out of the water, washed, dried under cover, mast and sails stored, back in by Easter.',
  },
  {
    name: 'Planks, ribs and keels',
    price: '£46 an hour',
    text: 'We look first and write down what we find. You get the list before we lift a plank.',
  },
  {
    name: 'Paint and varnish',
    price: 'from £28 a foot',
    text: 'Seven coats, brushed. The eighth is yours if you want to say you helped.',
  },
  {
    name: 'A new boat',
    price: 'from £9,600',
    text: 'Ten to eighteen feet, clinker, in larch or cedar. We finish one a year, sometimes two.',
  },
] as const;

/** Entries from the book that lies on the bench. */
export const log = [
  {
    date: '2026-10-31',
    day: '31 October',
    text: 'Last hire of the year, a family of five in Bittern, home at dusk with the lamp lit. Fleet out on Monday.',
  },
  {
    date: '2026-10-12',
    day: '12 October',
    text: 'Avocet on the slip. Garboard soft for two feet aft of the mast step, as Conrad said it would be.',
  },
  {
    date: '2026-09-20',
    day: '20 September',
    text: 'Ludney to the sea and back, eleven boats. Snipe first home by three lengths, crew aged 71 and 68.',
  },
] as const;

/** Who works here. */
export const people = [
  {
    name: 'Nell Larter',
    role: 'Builds',
    text: 'Third Larter at this bench. Served her time at Hallam and came back when the roof needed doing.',
  },
  {
    name: 'Conrad Bly',
    role: 'Mends',
    text: 'Thirty-one years of other people’s boats. Taps a hull with his knuckle and writes the estimate.',
  },
  {
    name: 'Ines Okafor',
    role: 'Runs the hire',
    text: 'Answers the telephone, teaches the beginners, and decides at eight each morning whether it is too windy.',
  },
] as const;

/** The yard so far. */
export const history = [
  {
    year: '1898',
    text: 'Amos Larter rents the staithe to build wherries’ boats and mends eel traps to pay for it.',
  },
  {
    year: '1934',
    text: 'Avocet is launched, the first boat built here for pleasure. She is still in the fleet.',
  },
  {
    year: '1953',
    text: 'The January flood takes the roof, the timber stack and four boats. Three are found.',
  },
  { year: '1994', text: 'Conrad Bly comes for a summer job.' },
  { year: '2011', text: 'Nell takes over from her father and puts Conrad’s name on the sign.' },
  { year: '2019', text: 'Both launches go over to batteries, charged from the shed roof.' },
] as const;

/** Ways to reach the yard. */
export const directions = [
  {
    by: 'Train',
    text: 'Hallam is forty minutes from Norwich. The 6 bus meets most trains and stops at Ludney church, five minutes’ walk away.',
  },
  {
    by: 'Bicycle',
    text: 'Four flat miles from Hallam on the old railway. There is a rack inside the gate and a pump on the wall.',
  },
  {
    by: 'Car',
    text: 'Follow Staithe Lane to the end, past the church. Fourteen spaces, two of them level and next to the office.',
  },
  {
    by: 'Boat',
    text: 'Ninety feet of quay upstream of the slip, five feet at low water. First two hours free, water on the tap.',
  },
] as const;
