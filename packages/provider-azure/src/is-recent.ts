/** Less than `limitMs` from that moment, epoch ms: a clock that was set back makes no age. */
export function isRecent(atMs: number, limitMs: number): boolean {
  return Math.abs(Date.now() - atMs) < limitMs;
}
