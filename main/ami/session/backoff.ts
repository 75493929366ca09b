/** Milliseconds to wait after the failed attempt `failures` (1, 2, …): doubling up to a minute, spread so that many desks do not return at once. */
export function reconnectDelay(failures: number, random: number): number {
  const ceiling = Math.min(1000 * 2 ** (failures - 1), 60_000)
  return Math.round(ceiling / 2 + random * ceiling / 2)
}
