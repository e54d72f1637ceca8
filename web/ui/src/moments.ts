// The time slider goes through the months between two days.

/** The number of months from the first to the last day, both included. */
export function months(first: string, last: string): number {
  return index(last) - index(first) + 1;
}

/** The month that lies so many months after a day, as 2025-08. */
export function monthAfter(first: string, n: number): string {
  const at = index(first) + n;
  const year = Math.floor(at / 12);
  return `${String(year).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
}

/** How many months a date lies after a day; a year stands for its last month. */
export function monthsTo(first: string, date: string): number {
  return index(date.length === 4 ? `${date}-12` : date) - index(first);
}

function index(date: string): number {
  const [year, month] = date.split("-");
  return Number(year) * 12 + Number(month ?? 1) - 1;
}
